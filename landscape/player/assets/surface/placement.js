// Names beside their heads: greedy placement at growing distances, a leader when far, nothing when there is no room.
import { haloText } from "./contour.js";

const RADII = [16, 30, 46, 64, 84];
const ANGLES = [0, -26, 26, 180, -154, 154, -62, 62, -118, 118].map((degrees) => (degrees * Math.PI) / 180);
const LEADER_BEYOND = 20;
/** Free space at both sides of a name, or two of them would read as one. */
const APART = 4;

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** The box of a text of the given size whose near side lies `radius` from (x, y) in one direction. */
function boxAt({ x, y }, width, height, radius, angle) {
  const cos = Math.cos(angle);
  const px = x + radius * cos;
  const py = y + radius * Math.sin(angle);
  const left = cos > 0.3 ? px : cos < -0.3 ? px - width : px - width / 2;
  return [left, py - height / 2, left + width, py + height / 2];
}

export class Placement {
  constructor() {
    this.last = new Map();
    this.widths = new Map();
  }

  /**
   * Labels are `{key, x, y, text, colour, leader, reach}`, obstacles boxes `[x0, y0, x1, y1]`. A label keeps
   * its side while there is room, so that names ride along with their heads instead of jumping about. A leader
   * runs past the other names; where there is no such place, beneath them.
   */
  paint(ctx, labels, obstacles, { theme, unit, viewport }) {
    const taken = [...obstacles];
    const placed = [];
    const height = 17 * unit;
    const free = ({ box }) =>
      box[0] >= 4 &&
      box[1] >= 2 &&
      box[2] <= viewport.width - 4 &&
      box[3] <= viewport.height - 2 &&
      !taken.some((other) => overlap(box, other));
    const clear = ({ box, leader }) =>
      !placed.some(
        (other) => (leader && crosses(leader, other.box)) || (other.leader && crosses(other.leader, box)),
      );
    for (const label of labels) {
      const width = this.width(ctx, label.text);
      const own = Math.max(0, label.reach - 8 * unit);
      const known = this.last.get(label.key);
      const angles = known === undefined ? ANGLES : [known, ...ANGLES];
      const tried = RADII.flatMap((radius) =>
        angles.map((angle) => {
          const box = boxAt(label, width, height, radius * unit + own, angle);
          return { label, angle, box, leader: radius > LEADER_BEYOND ? leaderTo(label, box) : null };
        }),
      ).filter(free);
      const place = tried.find(clear) ?? tried[0];
      if (!place) continue;
      this.last.set(label.key, place.angle);
      placed.push(place);
      const [left, top, right, bottom] = place.box;
      taken.push([left - APART * unit, top, right + APART * unit, bottom]);
    }
    for (const { label, leader } of placed) if (leader) drawLeader(ctx, label, leader, unit);
    for (const { label, box } of placed)
      haloText(ctx, label.text, box[0], (box[1] + box[3]) / 2, label.colour, theme, 4.5 * unit);
  }

  width(ctx, text) {
    const key = ctx.font + text;
    if (!this.widths.has(key)) this.widths.set(key, ctx.measureText(text).width);
    return this.widths.get(key);
  }
}

/** The line [x0, y0, x1, y1] from a head's edge to the near edge of its name. */
function leaderTo({ x, y, reach }, box) {
  const px = Math.min(box[2] + 2, Math.max(box[0] - 2, x));
  const py = Math.min(box[3] - 3, Math.max(box[1] + 3, y));
  const length = Math.hypot(px - x, py - y) || 1;
  return [x + ((px - x) * reach) / length, y + ((py - y) * reach) / length, px, py];
}

/** Whether a line has a part inside a box. */
function crosses([x0, y0, x1, y1], [left, top, right, bottom]) {
  let [from, to] = [0, 1];
  for (const [start, way, low, high] of [
    [x0, x1 - x0, left, right],
    [y0, y1 - y0, top, bottom],
  ]) {
    if (way === 0 && (start < low || start > high)) return false;
    if (way === 0) continue;
    const [near, far] = [(low - start) / way, (high - start) / way].sort((a, b) => a - b);
    [from, to] = [Math.max(from, near), Math.min(to, far)];
  }
  return from < to;
}

function drawLeader(ctx, { leader }, [x0, y0, x1, y1], unit) {
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.setLineDash([]);
  ctx.lineWidth = 1.3 * unit;
  ctx.strokeStyle = leader;
  ctx.stroke();
}
