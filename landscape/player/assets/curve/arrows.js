// The arrows of the curve stage: the slope, along the curve, and the step, which is level.
const LONG = 96;
const PLACES = Array.from({ length: 33 }, (_, k) => k / 16 - 1);

/** The tangent through a place, towards [sx, sy] and back, with a head where the curve rises: up 1, −1, or 0 where it is level. Returns places along it. */
export function slopeArrow(ctx, theme, unit, px, py, [sx, sy], up) {
  const long = (LONG * unit) / Math.hypot(sx, sy);
  for (const [colour, wide, dash] of [
    [theme.background, 6, []],
    [theme.slots[2].line, 2.5, [9, 5]],
  ]) {
    ctx.beginPath();
    ctx.moveTo(px - sx * long, py - sy * long);
    ctx.lineTo(px + sx * long, py + sy * long);
    ctx.setLineDash(dash.map((d) => d * unit));
    ctx.lineWidth = wide * unit;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  ctx.setLineDash([]);
  if (up) head(ctx, theme, unit, px + up * sx * long, py + up * sy * long, Math.atan2(up * sy, up * sx));
  return PLACES.map((share) => [px + share * sx * long, py + share * sy * long]);
}

function head(ctx, theme, unit, px, py, angle) {
  ctx.save();
  ctx.translate(px, py);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(8 * unit, 0);
  ctx.lineTo(-6 * unit, -6.5 * unit);
  ctx.lineTo(-6 * unit, 6.5 * unit);
  ctx.closePath();
  ctx.lineWidth = 3 * unit;
  ctx.strokeStyle = theme.background;
  ctx.stroke();
  ctx.fillStyle = theme.slots[2].line;
  ctx.fill();
  ctx.restore();
}

/** A step from one place to another, true to scale, on a casing. */
export function levelArrow(ctx, theme, unit, from, to, y, colour) {
  const way = Math.sign(to - from);
  for (const [tint, wide] of [
    [theme.background, 8],
    [colour, 4],
  ]) {
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to - way * 8 * unit, y);
    ctx.lineWidth = wide * unit;
    ctx.strokeStyle = tint;
    ctx.stroke();
  }
  ctx.beginPath();
  ctx.moveTo(to, y);
  ctx.lineTo(to - way * 12 * unit, y - 6 * unit);
  ctx.lineTo(to - way * 12 * unit, y + 6 * unit);
  ctx.closePath();
  ctx.fillStyle = colour;
  ctx.fill();
}
