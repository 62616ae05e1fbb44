// Every start at every rate: one small square for each run, aligned with the slider above it.
import { fitCanvas } from "../shared/dom.js";
import { outcomeImage } from "./outcomes.js";
import { shareOf } from "./payload.js";
import { rateTicks } from "./rates.js";
import { tickLabel, ticks } from "../shared/format.js";
import { drawMarker } from "../shared/markers.js";
import { FONT } from "../shared/theme.js";

const FOOT = 24;
/** The least room at the left that holds a title beside the numbers. */
const WIDE = 40;

export class BasinMap {
  constructor(canvas) {
    this.canvas = canvas;
    this.ctx = canvas.getContext("2d");
  }

  /** @param box - {width, height, unit, ratio, left, right}, `height` with the numbers below */
  setData(scene, theme, box) {
    const size = [
      Math.round((box.right - box.left) * box.ratio),
      Math.round((box.height - FOOT * box.unit) * box.ratio),
    ];
    const key = [scene.gridCodes.length, theme.dark, ...size].join();
    // The runs of a map change only with the curve: while a hand moves they are the same bytes again.
    const same = key === this.key && scene.gridCodes.every((code, k) => code === this.scene.gridCodes[k]);
    Object.assign(this, { scene, theme, box, key });
    fitCanvas(this.canvas, box.width, box.height, box.ratio);
    if (!same) this.image = outcomeImage(scene.gridCodes, ...scene.grid, ...size, theme, box.ratio);
  }

  get bottom() {
    return this.box.height - FOOT * this.box.unit;
  }

  /** The shares of rate and start at a place of the canvas. */
  sharesAt(px, py) {
    const { left, right } = this.box;
    return [(px - left) / (right - left), 1 - py / this.bottom];
  }

  /** What the axes are, where a wide picture leaves room for it. */
  titles() {
    const {
      ctx,
      scene,
      bottom,
      box: { unit, left },
    } = this;
    if (left < WIDE * unit) return;
    ctx.save();
    ctx.textAlign = "left";
    const [first] = rateTicks(scene.rate);
    const free =
      left + first.share * (this.box.right - left) - ctx.measureText(first.text).width / 2 - 10 * unit;
    if (ctx.measureText(scene.text.rate).width < free - left)
      ctx.fillText(scene.text.rate, left, bottom + 14 * unit);
    ctx.translate(9 * unit, bottom / 2);
    ctx.rotate(-Math.PI / 2);
    ctx.textAlign = "center";
    ctx.fillText(scene.text.start, 0, 0);
    ctx.restore();
  }

  paint(rate, start) {
    const {
      ctx,
      scene,
      theme,
      image,
      bottom,
      box: { width, height, unit, ratio, left, right },
    } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.drawImage(image, left, 0, right - left, bottom);
    ctx.font = `400 ${13 * unit}px ${FONT}`;
    ctx.fillStyle = theme.muted;
    ctx.textBaseline = "middle";
    ctx.textAlign = "right";
    const { low, high } = scene.start;
    const rows = ticks(low, high, 5);
    const up = (x) => bottom * (1 - (x - low) / (high - low));
    for (const x of rows.values)
      ctx.fillText(
        tickLabel(x, rows.digits),
        left - 8 * unit,
        Math.min(bottom - 7 * unit, Math.max(8 * unit, up(x))),
      );
    ctx.textAlign = "center";
    for (const { share, text } of rateTicks(scene.rate))
      ctx.fillText(text, Math.min(width - 12 * unit, left + share * (right - left)), bottom + 14 * unit);
    this.titles();
    const [px, py] = [left + shareOf(scene.rate, rate) * (right - left), up(start)];
    for (const [wide, colour] of [
      [5, theme.background],
      [2, theme.ink],
    ]) {
      ctx.fillStyle = colour;
      ctx.fillRect(px - (wide * unit) / 2, 0, wide * unit, bottom);
      ctx.fillRect(left, py - (wide * unit) / 2, right - left, wide * unit);
    }
    drawMarker(ctx, "circle", px, py, 8 * unit, theme.accent, theme.background, 3 * unit);
  }
}
