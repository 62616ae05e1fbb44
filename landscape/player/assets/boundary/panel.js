// One classifier: its name and accuracies, its regions with their borders, the data upon them.
import { Regions } from "./ground.js";
import { el, fitCanvas } from "../shared/dom.js";
import { fill, number, percent } from "../shared/format.js";
import { drawSample } from "../shared/sample.js";
import { stepAt } from "../surface/payload.js";
import { hatch } from "../surface/raster.js";
import { slotOf } from "../shared/theme.js";
import { Tooltip } from "../shared/tooltip.js";

const BORDER = 1.75;
/** How much of a diverged classifier's last picture the page's colour covers. */
const VEIL = 0.55;

export class Panel {
  constructor() {
    this.sample = el("canvas", { "aria-hidden": "true" });
    this.name = el("strong");
    this.readout = el("span", { class: "readout" });
    this.canvas = el("canvas", { role: "img" });
    this.lost = el("span", { class: "tag lost", hidden: true });
    this.tooltip = new Tooltip();
    this.view = el("div", { class: "panel-view" }, this.canvas, this.lost, this.tooltip.root);
    this.root = el(
      "div",
      { class: "panel" },
      el("div", { class: "panel-head" }, this.sample, this.name, this.readout),
      this.view,
    );
    this.small = el("canvas");
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.tooltip.hide());
  }

  /** @param fine samples of a cell, fewer where many panels are drawn in one frame */
  setData(panel, scene, fine) {
    Object.assign(this, { panel, scene });
    this.regions = new Regions(scene.picture, scene.classes.length, fine);
    const { width, height } = this.regions;
    fitCanvas(this.small, width, height, 1);
    this.image = this.small.getContext("2d").createImageData(width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.name.textContent = panel.name;
    this.holes = panel.frames.some((byte) => byte === 255);
  }

  resize(width, height, theme, unit, ratio) {
    Object.assign(this, { width, height, theme, unit, ratio });
    Object.assign(this.view.style, { width: `${width}px`, height: `${height}px` });
    fitCanvas(this.canvas, width, height, ratio);
    drawSample(this.sample, slotOf(theme, this.panel.slot), theme, unit, ratio, 34);
  }

  /** @param data a canvas of the points, alike for all panels */
  paint(step, table, data) {
    const { panel, regions, theme, unit, ratio, width, height } = this;
    const at = Math.min(step, panel.end);
    const lost = panel.status === "diverged" && step >= panel.end;
    regions.take(panel.frames, at);
    regions.paint(this.pixels, table);
    this.small.getContext("2d").putImageData(this.image, 0, 0);
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.holes) hatch(ctx, width, height, theme, unit);
    // The outermost samples lie on the frame: half a sample on each side is cut away.
    ctx.drawImage(this.small, 0.5, 0.5, regions.width - 1, regions.height - 1, 0, 0, width, height);
    this.strokeBorders(ctx);
    ctx.drawImage(data, 0, 0, width, height);
    if (lost) this.paintLost(ctx);
  }

  strokeBorders(ctx) {
    const { regions, width, height } = this;
    const [across, up] = [width / (regions.nx - 1), height / (regions.ny - 1)];
    ctx.beginPath();
    regions.borders((i, j, k, l) => {
      ctx.moveTo(i * across, height - j * up);
      ctx.lineTo(k * across, height - l * up);
    });
    ctx.setLineDash([]);
    ctx.lineCap = "round";
    ctx.lineWidth = BORDER * this.unit;
    ctx.strokeStyle = this.theme.ink;
    ctx.stroke();
  }

  /** The last picture under a veil, hatched: nothing was learned after it. */
  paintLost(ctx) {
    const { theme, unit, width, height } = this;
    ctx.globalAlpha = VEIL;
    hatch(ctx, width, height, theme, unit);
    ctx.globalAlpha = 1;
  }

  /** What the panel says at a whole step, to the eye and to a reader of the screen. */
  publish(row) {
    const { panel, scene } = this;
    const at = Math.min(row, panel.end);
    const words = { train: percent(panel.train[at]), validation: percent(panel.validation[at]) };
    const { text } = scene;
    this.readout.textContent = fill(text.readout, words);
    this.canvas.setAttribute(
      "aria-label",
      `${panel.name}, ${text.step ?? ""} ${stepAt(scene, at)}: ${this.readout.textContent}`,
    );
    this.lost.hidden = panel.status !== "diverged" || row < panel.end;
    this.lost.textContent = fill(text.lost, { step: stepAt(scene, panel.end) });
  }

  point({ clientX, clientY }) {
    const { scene, theme, width, height } = this;
    const box = this.canvas.getBoundingClientRect();
    const [px, py] = [clientX - box.left, clientY - box.top];
    const [u, v] = [px / width, 1 - py / height];
    if (!(u >= 0 && u <= 1 && v >= 0 && v <= 1)) return;
    const { x, y } = scene.picture;
    const place = [x[0] + u * (x[1] - x[0]), y[0] + v * (y[1] - y[0])]
      .map((value) => number(value))
      .join(", ");
    const shares = this.regions.at(u, v);
    const rows = scene.classes.map((name, k) => [name, percent(shares[k], 2)]);
    this.tooltip.write(`(${place})`, theme.ink, rows);
    this.tooltip.place(px, py, { width, height });
  }
}
