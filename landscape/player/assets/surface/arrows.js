// Arrows from the selected head: downhill (hollow head), velocity (double shaft), the next step (filled head).
import { FONT } from "../shared/theme.js";
import { casedStroke, haloText } from "./contour.js";

const SHAFT = 3;
const GRADIENT_LENGTH = 50;
const VELOCITY_LENGTH = 46;
const HEAD_LENGTH = 13;
const HEAD_WIDTH = 12;

/**
 * A row of an (n, 2) array at a whole step, or null where it is absent or not finite.
 * @returns {[number, number] | null}
 */
export function vectorAt(array, step) {
  if (!array) return null;
  const k = 2 * Math.floor(step);
  /** @type {[number, number]} */
  const vector = [array[k], array[k + 1]];
  return vector.every(Number.isFinite) ? vector : null;
}

/** Canvas direction of a vector of the surface's coordinates, given that the axes are stretched differently. */
function onCanvas([x, y], viewport) {
  const px = (x / (viewport.x[1] - viewport.x[0])) * viewport.k * viewport.width;
  const py = (-y / (viewport.y[1] - viewport.y[0])) * viewport.k * viewport.height;
  return { px, py, length: Math.hypot(px, py) };
}

/** The arrows to draw: gradient and velocity show direction only, the step is true to scale. */
function wanted({ runner }, { arrows, step, viewport, unit }) {
  const at = Math.min(runner.end, step);
  const found = [];
  const add = (kind, symbol, vector, size) => {
    if (!vector) return;
    const { px, py, length } = onCanvas(vector, viewport);
    if (length > 0) found.push({ kind, symbol, dx: px / length, dy: py / length, length: size ?? length });
  };
  const minus = (vector) => vector && [-vector[0], -vector[1]];
  if (arrows.gradient)
    add("gradient", "\u2212\u2207f", minus(vectorAt(runner.gradient, at)), GRADIENT_LENGTH * unit);
  // x <- x - rate v: the stored velocity points uphill, the motion is its opposite.
  if (arrows.velocity) add("velocity", "v", minus(vectorAt(runner.velocity, at)), VELOCITY_LENGTH * unit);
  if (arrows.update && at < runner.end) {
    const here = vectorAt(runner.path, at);
    const next = vectorAt(runner.path, at + 1);
    add("update", "\u0394", here && next && [next[0] - here[0], next[1] - here[1]]);
  }
  return found;
}

/** Draw the arrows of one head; returns the boxes they and their labels take up. */
export function drawArrows(ctx, head, view) {
  const { theme, unit, viewport } = view;
  const { x, y, look } = head;
  const far = viewport.width + viewport.height;
  const found = wanted(head, view).map((arrow) => ({ ...arrow, length: Math.min(arrow.length, far) }));
  for (const arrow of found) drawArrow(ctx, x, y, arrow, look.line, theme, unit);
  ctx.font = `600 ${14 * unit}px ${FONT}`;
  const boxes = [];
  for (const arrow of found) {
    const [lx, ly] = labelPlace(x, y, arrow, found, unit, ctx.measureText(arrow.symbol).width / 2);
    haloText(ctx, arrow.symbol, lx, ly, theme.ink, theme, 4.5 * unit, "center");
    boxes.push([lx - 14 * unit, ly - 9 * unit, lx + 14 * unit, ly + 9 * unit]);
    const pieces = Math.max(1, Math.min(12, Math.ceil(arrow.length / (10 * unit))));
    for (let k = 1; k <= pieces; k += 1) {
      const px = x + (arrow.dx * arrow.length * k) / pieces;
      const py = y + (arrow.dy * arrow.length * k) / pieces;
      boxes.push([px - 6 * unit, py - 6 * unit, px + 6 * unit, py + 6 * unit]);
    }
  }
  return boxes;
}

/** Beside the arrow's tip, on the side away from the other arrows. */
function labelPlace(x, y, arrow, all, unit, half) {
  const others = all.filter((other) => other !== arrow);
  const side =
    others.reduce((sum, other) => sum + (arrow.dx * other.dy - arrow.dy * other.dx), 0) > 0 ? 1 : -1;
  const [nx, ny] = [arrow.dy * side, -arrow.dx * side];
  const along = Math.max(14 * unit, 0.72 * arrow.length);
  const off = 14 * unit + half * Math.abs(nx);
  return [x + arrow.dx * along + nx * off, y + arrow.dy * along + ny * off];
}

function drawArrow(ctx, x, y, { kind, dx, dy, length }, colour, theme, unit) {
  // A step shorter than its own head is all head, at its true length.
  const head = Math.min(HEAD_LENGTH * unit, length);
  const half = (head / HEAD_LENGTH) * (HEAD_WIDTH / 2);
  const neck = length - head;
  const at = (along, across) => [x + dx * along - dy * across, y + dy * along + dx * across];
  ctx.lineCap = "butt";
  ctx.lineJoin = "miter";
  const shafts = kind === "velocity" ? [-2.6 * unit, 2.6 * unit] : [0];
  const width = kind === "velocity" ? 1.8 * unit : SHAFT * unit;
  ctx.beginPath();
  for (const across of shafts) {
    ctx.moveTo(...at(0, across));
    ctx.lineTo(...at(neck, across));
  }
  casedStroke(ctx, colour, width, theme, width + 3 * unit);
  ctx.beginPath();
  ctx.moveTo(...at(neck, -half));
  ctx.lineTo(...at(length, 0));
  ctx.lineTo(...at(neck, half));
  ctx.closePath();
  casedStroke(ctx, colour, 2 * unit, theme, 4.5 * unit);
  if (kind === "gradient") {
    ctx.fillStyle = theme.casing;
    ctx.fill();
    ctx.stroke();
  } else {
    ctx.fillStyle = colour;
    ctx.fill();
  }
  ctx.lineJoin = "round";
}
