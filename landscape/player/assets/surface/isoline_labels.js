// Where along the isolines their values are written: on straight pieces, away from paths, marks, frame and each other.
import { cssColour } from "../shared/scale.js";
import { FONT } from "../shared/theme.js";

const CELL = 8;
const APART = 46;
const FROM_PATH = 32;
const FROM_FRAME = 34;
const STRIDE = 10;

/** Which cells of the picture a path comes near, so that asking is one look-up. */
function nearPaths(tracks, width, height, distance) {
  const columns = Math.ceil(width / CELL) + 1;
  const rows = Math.ceil(height / CELL) + 1;
  const taken = new Uint8Array(columns * rows);
  const reach = Math.ceil(distance / CELL);
  const mark = (x, y) => {
    const p = Math.floor(x / CELL);
    const q = Math.floor(y / CELL);
    if (p < -reach || q < -reach || p >= columns + reach || q >= rows + reach) return;
    for (let i = Math.max(0, p - reach); i <= Math.min(columns - 1, p + reach); i += 1) {
      for (let j = Math.max(0, q - reach); j <= Math.min(rows - 1, q + reach); j += 1) {
        if ((i - p) ** 2 + (j - q) ** 2 <= reach * reach) taken[i * rows + j] = 1;
      }
    }
  };
  for (const { xs, ys, count } of tracks) {
    for (let k = 1; k < count; k += 1) {
      const pieces = Math.min(400, Math.ceil(Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]) / CELL));
      for (let i = 1; i <= pieces; i += 1) {
        const part = i / pieces;
        mark(xs[k - 1] + (xs[k] - xs[k - 1]) * part, ys[k - 1] + (ys[k] - ys[k - 1]) * part);
      }
    }
  }
  return (x, y) => taken[Math.floor(x / CELL) * rows + Math.floor(y / CELL)] === 1;
}

/** Points every STRIDE px along a polyline, each with the ends, angle and bend of the `span` px around it. */
function candidates(points, span) {
  const found = [];
  const along = [0];
  for (let k = 2; k < points.length; k += 2) {
    along.push(along.at(-1) + Math.hypot(points[k] - points[k - 2], points[k + 1] - points[k - 1]));
  }
  const total = along.at(-1);
  let k = 1;
  const at = (s) => {
    while (k > 1 && along[k - 1] > s) k -= 1;
    while (k < along.length - 1 && along[k] < s) k += 1;
    const part = (s - along[k - 1]) / (along[k] - along[k - 1] || 1);
    return [0, 1].map((c) => points[2 * k - 2 + c] + (points[2 * k + c] - points[2 * k - 2 + c]) * part);
  };
  for (let s = span; s < total - span; s += STRIDE) {
    const [ax, ay] = at(s - span / 2);
    const [bx, by] = at(s + span / 2);
    const [x, y] = at(s);
    const bend = 1 - Math.hypot(bx - ax, by - ay) / span;
    const angle = Math.atan2(by - ay, bx - ax);
    found.push({
      x,
      y,
      ends: [
        [ax, ay],
        [bx, by],
      ],
      angle,
      bend,
      middle: Math.abs(s / total - 0.5),
    });
  }
  return found;
}

/** One label for each labelled level, on its longest piece with room for it, the straightest place first. */
export function placeLabels(lines, viewport, unit, tracks, marks) {
  const { width, height } = viewport;
  const blocked = nearPaths(tracks, width, height, FROM_PATH * unit);
  const placed = [];
  const free = ({ x, y, ends }) =>
    [[x, y], ...ends].every(([px, py]) => viewport.contains(px, py, FROM_FRAME * unit) && !blocked(px, py)) &&
    marks.every(([px, py]) => Math.hypot(px - x, py - y) > FROM_PATH * unit) &&
    placed.every((other) => Math.hypot(other.x - x, other.y - y) > (APART + 20) * unit);
  for (const { level, t, pieces } of lines) {
    if (level.kind === "normal" || !level.label) continue;
    const span = (12 + 7 * level.label.length) * unit;
    for (const points of [...pieces].sort((p, q) => q.length - p.length)) {
      const ranked = candidates(points, span).filter(({ bend }) => bend < 0.03);
      ranked.sort((p, q) => p.bend * 8 + p.middle - (q.bend * 8 + q.middle));
      const best = ranked.find(free);
      if (!best) continue;
      placed.push({ ...best, text: level.label, t });
      break;
    }
  }
  return placed;
}

/** The text upright along its line, on a halo of the ground's colour that opens the line. */
export function drawLabel(ctx, { x, y, angle, text, t }, theme, unit) {
  const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(upright);
  ctx.font = `600 ${12.5 * unit}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 5 * unit;
  ctx.strokeStyle = cssColour(theme, Math.min(1, Math.max(0, t)));
  ctx.strokeText(text, 0, 0);
  ctx.fillStyle = theme.isoline;
  ctx.fillText(text, 0, 0);
  ctx.restore();
}
