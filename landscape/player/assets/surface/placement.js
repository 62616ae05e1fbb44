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
   * its side while there is room, so that names ride along with their heads instead of jumping about.
   */
  paint(ctx, labels, obstacles, { theme, unit, viewport }) {
    const taken = [...obstacles];
    const height = 17 * unit;
    const free = (box) =>
      box[0] >= 4 &&
      box[1] >= 2 &&
      box[2] <= viewport.width - 4 &&
      box[3] <= viewport.height - 2 &&
      !taken.some((other) => overlap(box, other));
    for (const label of labels) {
      const width = this.width(ctx, label.text);
      const own = Math.max(0, label.reach - 8 * unit);
      const known = this.last.get(label.key);
      const angles = known === undefined ? ANGLES : [known, ...ANGLES];
      const tried = RADII.flatMap((radius) => angles.map((angle) => ({ radius, angle })));
      const place = tried.find((spot) =>
        free(boxAt(label, width, height, spot.radius * unit + own, spot.angle)),
      );
      if (!place) continue;
      this.last.set(label.key, place.angle);
      const box = boxAt(label, width, height, place.radius * unit + own, place.angle);
      taken.push([box[0] - APART * unit, box[1], box[2] + APART * unit, box[3]]);
      if (place.radius > LEADER_BEYOND) drawLeader(ctx, label, box, unit);
      haloText(ctx, label.text, box[0], (box[1] + box[3]) / 2, label.colour, theme, 4.5 * unit);
    }
  }

  width(ctx, text) {
    const key = ctx.font + text;
    if (!this.widths.has(key)) this.widths.set(key, ctx.measureText(text).width);
    return this.widths.get(key);
  }
}

function drawLeader(ctx, { x, y, reach, leader }, box, unit) {
  const px = Math.min(box[2] + 2, Math.max(box[0] - 2, x));
  const py = Math.min(box[3] - 3, Math.max(box[1] + 3, y));
  const length = Math.hypot(px - x, py - y) || 1;
  ctx.beginPath();
  ctx.moveTo(x + ((px - x) * reach) / length, y + ((py - y) * reach) / length);
  ctx.lineTo(px, py);
  ctx.setLineDash([]);
  ctx.lineWidth = 1.3 * unit;
  ctx.strokeStyle = leader;
  ctx.stroke();
}
