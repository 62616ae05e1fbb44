// What lies on the ground: tick numbers, minima, draped paths up to the play head, start and heads.
import { casedStroke, drawSolution, haloText } from "./contour.js";
import { GRADES } from "./off_plane.js";
import { tickLabel, ticks } from "../shared/format.js";
import { LOOK } from "../shared/look.js";
import { drawMarker } from "../shared/markers.js";
import { FLOOR } from "./terrain_mesh.js";
import { FONT, rgba, slotOf } from "../shared/theme.js";

const HIDDEN = 0.22;
const { path: LINE, casing: CASING } = LOOK.lines;
const RING_RADIUS = 9;
/** From the block's lower edge to its numbers, px. */
const TICK_GAP = 11;
const TICK_RISE = 4;
/** From the numbers to the axis's title, px. */
const TITLE_GAP = 21;

/** The outline of the base, where ground is missing along it; its far half only when there is no ground to hide it.
 * @param frame - {ctx, camera, theme, unit, surface, base, sheet, sight} */
export function paintRim({ ctx, camera, theme, unit, sheet }) {
  if (sheet.whole) return;
  const [x, y] = [camera.eye[0] < 0 ? -1 : 1, camera.eye[1] < 0 ? -1 : 1];
  const corners = [
    [-x, y],
    [x, y],
    [x, -y],
    ...(sheet.empty
      ? [
          [-x, -y],
          [-x, y],
        ]
      : []),
  ];
  trace(
    ctx,
    corners.flatMap((corner) => camera.project(...corner, FLOOR)),
  );
  ctx.lineWidth = unit;
  ctx.strokeStyle = theme.line;
  ctx.stroke();
}

export function paintTicks({ ctx, camera, theme, unit, surface, base }) {
  // The two edges of the base that face the eye.
  const nearX = camera.eye[0] < 0 ? -1 : 1;
  const nearY = camera.eye[1] < 0 ? -1 : 1;
  /** @type {{ range: Interval, place: (value: number) => Point, outward: Point, title?: string }[]} */
  const edges = [
    {
      range: surface.x,
      place: (value) => [base(value, 0)[0], nearY],
      outward: [0, nearY],
      title: surface.axes?.[0],
    },
    {
      range: surface.y,
      place: (value) => [nearX, base(0, value)[1]],
      outward: [nearX, 0],
      title: surface.axes?.[1],
    },
  ];
  ctx.font = `${13 * unit}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = theme.muted;
  for (const {
    range: [low, high],
    place,
    outward,
    title,
  } of edges) {
    const [from, to] = [low, high].map((value) => camera.project(...place(value), FLOOR));
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length < 60 * unit) continue;
    const { values, digits } = ticks(low, high, Math.min(8, length / (44 * unit)));
    for (const value of values) {
      // The block's corners belong to both axes; a number there would be read as either's.
      if (Math.min(value - low, high - value) < 0.04 * (high - low)) continue;
      const [x, y] = place(value);
      const [px, py] = camera.project(x, y, FLOOR);
      const [qx, qy] = camera.project(x + 0.1 * outward[0], y + 0.1 * outward[1], FLOOR);
      const gap = (TICK_GAP * unit) / (Math.hypot(qx - px, qy - py) || 1);
      ctx.fillText(tickLabel(value, digits), px + gap * (qx - px), py + gap * (qy - py) - TICK_RISE * unit);
    }
    if (title) paintTitle({ ctx, camera, theme, unit }, title, place((low + high) / 2), outward);
  }
}

/** An axis's title beyond its numbers, drawn towards the picture where it would leave it. */
function paintTitle({ ctx, camera, theme, unit }, title, [x, y], outward) {
  const [px, py] = camera.project(x, y, FLOOR);
  const [qx, qy] = camera.project(x + 0.1 * outward[0], y + 0.1 * outward[1], FLOOR);
  const gap = ((TICK_GAP + TITLE_GAP) * unit) / (Math.hypot(qx - px, qy - py) || 1);
  const half = ctx.measureText(title).width / 2 + 6 * unit;
  const side = Math.sign(qx - px) * half * 0.8;
  const inside = (value, margin, size) => Math.min(size - margin, Math.max(margin, value));
  const tx = inside(px + gap * (qx - px) + side, half, camera.width);
  const ty = inside(py + gap * (qy - py), 12 * unit, camera.height);
  haloText(ctx, title, tx, ty, theme.muted, theme, 3 * unit, "center");
}

/** A point of the surface on the canvas, or null where there is no ground. */
function spot({ camera, sheet, sight, base }, x, y) {
  const at = base(x, y);
  const z = sheet.height(...at);
  if (!Number.isFinite(z)) return null;
  const [px, py] = camera.project(...at, z);
  return { px, py, seen: sight.sees(...at) };
}

/** Rings that lie on the ground around the known minima. */
export function paintMinima(frame) {
  const { ctx, camera, theme, unit, surface } = frame;
  for (const [x, y] of surface.minima ?? []) {
    const at = spot(frame, x, y);
    if (!at) continue;
    ctx.globalAlpha = at.seen ? 1 : HIDDEN;
    ctx.beginPath();
    ctx.ellipse(at.px, at.py, RING_RADIUS * unit, -camera.forward[2] * RING_RADIUS * unit, 0, 0, 2 * Math.PI);
    casedStroke(ctx, theme.ink, 2.2 * unit, theme, 5 * unit);
  }
  ctx.globalAlpha = 1;
}

/** Hollow diamonds with their names at the solutions that were found. */
export function paintMarks(frame) {
  const { ctx, theme, unit, surface } = frame;
  for (const [name, x, y] of surface.marks ?? []) {
    const at = spot(frame, x, y);
    if (!at) continue;
    ctx.globalAlpha = at.seen ? 1 : HIDDEN;
    drawSolution(ctx, at.px, at.py, theme, unit);
    ctx.font = `600 ${14 * unit}px ${FONT}`;
    haloText(ctx, name, at.px + 14 * unit, at.py, theme.ink, theme, 4.5 * unit);
  }
  ctx.globalAlpha = 1;
}

export function paintStart(frame, start) {
  const { ctx, theme, unit } = frame;
  const at = start?.every(Number.isFinite) ? spot(frame, ...start) : null;
  if (!at) return;
  ctx.globalAlpha = at.seen ? 1 : HIDDEN;
  ctx.beginPath();
  ctx.arc(at.px, at.py, 6.8 * unit, 0, 2 * Math.PI);
  ctx.fillStyle = theme.casing;
  ctx.fill();
  casedStroke(ctx, theme.ink, 2.75 * unit, theme, 5.5 * unit);
  ctx.globalAlpha = 1;
}

function trace(ctx, points) {
  ctx.beginPath();
  ctx.moveTo(points[0], points[1]);
  for (let k = 2; k < points.length; k += 2) ctx.lineTo(points[k], points[k + 1]);
}

/** A path on its unbroken casing, faint where the ground hides it. */
export function paintPath({ ctx, theme, unit }, strokes, slot) {
  const look = slotOf(theme, slot);
  const passes = [
    { width: CASING, colour: rgba(theme.casing, theme.casingAlpha), dash: [], thins: false },
    { width: LINE, colour: look.line, dash: look.dash.map((length) => length * unit), thins: true },
  ];
  for (const { width, colour, dash, thins } of passes) {
    ctx.strokeStyle = colour;
    ctx.setLineDash(dash);
    for (const { points, seen, offset, grade } of strokes) {
      ctx.globalAlpha = (seen ? 1 : HIDDEN) * (thins ? GRADES[grade].alpha : 1);
      ctx.lineWidth = width * (thins ? GRADES[grade].width : 1) * unit;
      ctx.lineDashOffset = offset;
      trace(ctx, points);
      ctx.stroke();
    }
  }
  ctx.setLineDash([]);
  ctx.lineDashOffset = 0;
  ctx.globalAlpha = 1;
}

export function paintGhost({ ctx, theme, unit }, strokes, slot) {
  ctx.lineWidth = LOOK.ghost.width * unit;
  ctx.strokeStyle = rgba(slotOf(theme, slot).line, LOOK.ghost.opacity);
  for (const { points, seen } of strokes) {
    ctx.globalAlpha = seen ? 1 : HIDDEN;
    trace(ctx, points);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

export function paintHead({ ctx, theme, unit }, { px, py, seen }, slot) {
  const look = slotOf(theme, slot);
  ctx.globalAlpha = seen ? 1 : HIDDEN;
  drawMarker(ctx, look.marker, px, py, LOOK.head * unit, look.line, theme.casing, 4 * unit);
  ctx.globalAlpha = 1;
}
