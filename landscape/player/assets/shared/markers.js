// Eight marker shapes of equal visual weight, so that a runner is known without its colour.

function polygon(corners, radius, turn) {
  return Array.from({ length: corners }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

function star(radius) {
  return polygon(10, 1, -Math.PI / 2).map(([x, y], k) => {
    const r = k % 2 ? 0.5 * radius : radius;
    return [r * x, r * y];
  });
}

function plus(radius) {
  const arm = 0.36 * radius;
  return [
    [-arm, -radius], [arm, -radius], [arm, -arm], [radius, -arm], [radius, arm], [arm, arm],
    [arm, radius], [-arm, radius], [-arm, arm], [-radius, arm], [-radius, -arm], [-arm, -arm],
  ];
}

const UP = -Math.PI / 2;

/** Corners around (0, 0) for a nominal radius; areas are evened out by the factors. */
const SHAPES = {
  square: (r) => polygon(4, 1.25 * r, Math.PI / 4),
  "triangle-up": (r) => polygon(3, 1.33 * r, UP).map(([x, y]) => [x, y + 0.12 * r]),
  diamond: (r) => polygon(4, 1.33 * r, UP),
  "triangle-down": (r) => polygon(3, 1.33 * r, -UP).map(([x, y]) => [x, y - 0.12 * r]),
  plus: (r) => plus(1.12 * r),
  hexagon: (r) => polygon(6, 1.1 * r, 0),
  star: (r) => star(1.45 * r),
};

export function traceMarker(ctx, marker, x, y, radius) {
  ctx.beginPath();
  if (!(marker in SHAPES)) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  SHAPES[marker](radius).forEach(([dx, dy], k) => {
    if (k) ctx.lineTo(x + dx, y + dy);
    else ctx.moveTo(x + dx, y + dy);
  });
  ctx.closePath();
}

/** A filled marker; the casing is a band of `casingWidth` around it, drawn beneath. */
export function drawMarker(ctx, marker, x, y, radius, fill, casing = null, casingWidth = 0) {
  traceMarker(ctx, marker, x, y, radius);
  if (casing && casingWidth > 0) {
    ctx.setLineDash([]);
    ctx.lineJoin = "round";
    ctx.lineWidth = casingWidth;
    ctx.strokeStyle = casing;
    ctx.stroke();
  }
  ctx.fillStyle = fill;
  ctx.fill();
}
