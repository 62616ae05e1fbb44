// A runner's path on the canvas: projected once for each map, thinned to what the eye can tell apart.

/** @typedef {Pick<import("./viewport.js").Viewport, "width" | "height" | "toX" | "toY">} View */

/** Closer points than this, in px, are one point. */
const NEAR = 0.35;
/** Canvas coordinates are kept within this many pictures, or a diverging dash pattern would never end. */
const FAR = 20;

/** Columns of the one-pixel cells by which a repeated segment is recognised; far cells share their border. */
const CELLS = 1 << 13;

/** @type {(x: number, y: number) => number} */
const cellOf = (x, y) => {
  /** @type {(value: number) => number} */
  const clamp = (value) => Math.min(CELLS - 1, Math.max(0, Math.round(value) + CELLS / 4));
  return clamp(x) * CELLS + clamp(y);
};

/**
 * @param {Run} runner
 * @param {View} viewport
 * @returns {Track} the points kept, the step of each, and whether the segment that ends there
 *   lies on one already drawn. A run that swings across a valley thousands of times is drawn in a few strokes.
 */
export function project(runner, viewport) {
  const total = runner.end + 1;
  const steps = new Int32Array(total);
  const xs = new Float64Array(total);
  const ys = new Float64Array(total);
  const again = new Uint8Array(total);
  const drawn = new Set();
  let count = 0;
  let cell = 0;
  for (let k = 0; k < total; k += 1) {
    const [x, y] = within(viewport, runner.path[2 * k], runner.path[2 * k + 1]);
    if (!Number.isFinite(x + y)) break;
    if (count && Math.abs(x - xs[count - 1]) + Math.abs(y - ys[count - 1]) < NEAR) continue;
    const next = cellOf(x, y);
    const segment = Math.min(cell, next) * CELLS * CELLS + Math.max(cell, next);
    if (count && drawn.has(segment)) again[count] = 1;
    drawn.add(segment);
    cell = next;
    steps[count] = k;
    xs[count] = x;
    ys[count] = y;
    count += 1;
  }
  return { steps, xs, ys, again, count };
}

/**
 * A far point is drawn towards the picture along its ray from the centre, so its direction stays true.
 * @param {View} viewport
 * @param {number} x
 * @param {number} y
 * @returns {Point}
 */
function within(viewport, x, y) {
  const dx = viewport.toX(x) - viewport.width / 2;
  const dy = viewport.toY(y) - viewport.height / 2;
  const excess = Math.max(Math.abs(dx) / (FAR * viewport.width), Math.abs(dy) / (FAR * viewport.height), 1);
  return [viewport.width / 2 + dx / excess, viewport.height / 2 + dy / excess];
}

/**
 * The point at a fractional step, in the surface's coordinates; stays at the last live one.
 * @param {Run} runner
 * @param {number} step
 * @returns {Point}
 */
export function pointAt(runner, step) {
  const at = Math.min(runner.end, Math.max(0, step));
  const k = Math.floor(at);
  const next = Math.min(runner.end, k + 1);
  const part = at - k;
  const { path } = runner;
  const between = (/** @type {number} */ c) =>
    path[2 * k + c] + (path[2 * next + c] - path[2 * k + c]) * part;
  return [between(0), between(1)];
}

/**
 * The head on the canvas, or null for a path without a finite point.
 * @param {Run} runner
 * @param {View} viewport
 * @param {number} step
 * @returns {Point | null}
 */
export function headAt(runner, viewport, step) {
  const [x, y] = within(viewport, ...pointAt(runner, step));
  return Number.isFinite(x + y) ? [x, y] : null;
}

/**
 * Trace the path from the start to the head into the context.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Track} track
 * @param {number} step
 * @param {Point | null} head
 */
export function tracePath(ctx, track, step, head) {
  ctx.beginPath();
  if (!track.count || !head) return;
  ctx.moveTo(track.xs[0], track.ys[0]);
  let lifted = false;
  let k = 1;
  for (; k < track.count && track.steps[k] <= step; k += 1) {
    if (track.again[k]) {
      lifted = true;
      continue;
    }
    if (lifted) ctx.moveTo(track.xs[k - 1], track.ys[k - 1]);
    lifted = false;
    ctx.lineTo(track.xs[k], track.ys[k]);
  }
  if (lifted) ctx.moveTo(track.xs[k - 1], track.ys[k - 1]);
  ctx.lineTo(head[0], head[1]);
}

/**
 * Where the path last crossed the picture's edge before `step`: [x, y, dx, dy] with the outward direction; or null.
 * @param {Track} track
 * @param {View} viewport
 * @param {number} step
 * @param {Point} head
 */
export function crossing(track, viewport, step, head) {
  let [bx, by] = head;
  let k = track.count - 1;
  while (k >= 0 && track.steps[k] > step) k -= 1;
  for (; k >= 0; k -= 1) {
    const ax = track.xs[k];
    const ay = track.ys[k];
    const out = leave(ax, ay, bx, by, viewport);
    if (out) return out;
    bx = ax;
    by = ay;
  }
  return null;
}

/**
 * The last point of the segment inside the picture (Liang and Barsky), with the segment's direction.
 * @param {number} ax
 * @param {number} ay
 * @param {number} bx
 * @param {number} by
 * @param {View} viewport
 */
function leave(ax, ay, bx, by, { width, height }) {
  const dx = bx - ax;
  const dy = by - ay;
  let enter = 0;
  let exit = 1;
  for (const [p, q] of [
    [-dx, ax],
    [dx, width - ax],
    [-dy, ay],
    [dy, height - ay],
  ]) {
    if (p === 0 && q < 0) return null;
    if (p < 0) enter = Math.max(enter, q / p);
    if (p > 0) exit = Math.min(exit, q / p);
  }
  if (enter > exit || exit >= 1) return null;
  const length = Math.hypot(dx, dy) || 1;
  return [ax + exit * dx, ay + exit * dy, dx / length, dy / length];
}
