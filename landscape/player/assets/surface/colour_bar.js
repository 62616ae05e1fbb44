// The bar of colours beside a plane: which value a colour stands for, the contour levels' places marked.
import { el, fitCanvas } from "../shared/dom.js";
import { number, percent } from "../shared/format.js";
import { LOOK } from "../shared/look.js";
import { cssColour } from "../shared/scale.js";
import { FONT } from "../shared/theme.js";

/** The bar's place in its column, px. */
const LEFT = 10;
const WIDTH = 12;
const INSET = 18;
const APART = 17;

export class ColourBar {
  constructor() {
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.root = el("div", { class: "bar", hidden: true }, this.canvas);
  }

  paint(scale, theme, ratio, unit) {
    const { clientWidth: width, clientHeight: height } = this.root;
    fitCanvas(this.canvas, width, height, ratio);
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const [top, bottom] = [INSET * unit, height - INSET * unit];
    const toY = (t) => bottom - t * (bottom - top);
    const rows = Math.max(1, Math.round((bottom - top) * ratio));
    for (let k = 0; k < rows; k += 1) {
      ctx.fillStyle = cssColour(theme, scale.painted((k + 0.5) / rows, LOOK.bands.plane));
      ctx.fillRect(LEFT * unit, toY((k + 1) / rows), WIDTH * unit, (bottom - top) / rows + 0.5);
    }
    ctx.font = `${12.5 * unit}px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = theme.muted;
    for (const { t, text } of this.labels(scale, bottom - top, unit)) {
      ctx.fillRect((LEFT + WIDTH) * unit, toY(t) - 0.5, 4 * unit, 1);
      ctx.fillText(text, (LEFT + WIDTH + 7) * unit, toY(t));
    }
  }

  /** Both ends, and of the levels between them as many as have room, the marked ones first. */
  labels(scale, height, unit) {
    const write = (value) => (scale.sign < 0 ? percent(value, 3) : number(value, 2));
    if (scale.kind === "constant") return [{ t: 0, text: write(scale.low) }];
    const found = [
      { t: 0, text: write(scale.low) },
      { t: 1, text: `${scale.openTop ? "\u2265 " : ""}${write(scale.loss(1))}` },
    ];
    const ranked = [...scale.levels].sort(
      (p, q) => Number(p.kind === "normal") - Number(q.kind === "normal"),
    );
    for (const { value, label } of ranked) {
      const t = scale.t(value);
      if (found.every((other) => Math.abs(other.t - t) * height >= APART * unit))
        found.push({ t, text: label });
    }
    return found;
  }
}
