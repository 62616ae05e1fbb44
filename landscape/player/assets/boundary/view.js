// Several classifiers as they learn, side by side, with one play head.
import { colourTable } from "./ground.js";
import { BoundaryLayout } from "./layout.js";
import { Panel } from "./panel.js";
import { decodeBoundary } from "./payload.js";
import { drawPoints } from "./points.js";
import { fileName, picture, save, table } from "../shared/download.js";
import { el, fitCanvas } from "../shared/dom.js";
import { Keyboard } from "../shared/keyboard.js";
import { stepAt } from "../surface/payload.js";
import { Player } from "../shared/player.js";
import { Transport } from "../shared/transport.js";

/** Samples to a cell of the grid, for few panels and for many. */
const FINE = { few: 4, many: 2, limit: 3 };

export class Boundary extends Player {
  constructor(root) {
    super();
    Object.assign(this, { unit: 1, ratio: 1, panels: [] });
    this.clock.loop = false; // it ends with what was learned
    this.data = el("canvas");
    this.transport = new Transport(this.actions);
    this.layout = new BoundaryLayout(this, root);
    this.keyboard = new Keyboard(this);
    this.follow();
  }

  /** Show new data; the play position stays. The same revision again changes nothing. */
  setData(bytes) {
    try {
      const scene = decodeBoundary(bytes);
      if (scene && scene.revision !== this.scene?.revision) this.setScene(scene);
    } catch (error) {
      console.error("boundary:", error);
    }
  }

  setScene(scene) {
    const first = this.scene === null;
    this.scene = scene;
    this.clock.setSteps(scene.steps, true);
    const fine = scene.panels.length > FINE.limit ? FINE.many : FINE.few;
    this.panels = scene.panels.map((_, k) => this.panels[k] ?? new Panel());
    this.panels.forEach((panel, k) => panel.setData(scene.panels[k], scene, fine));
    this.transport.setText(scene.text);
    this.layout.setScene(scene);
    if (first && !this.clock.calm) this.clock.play();
    this.invalidate("all");
  }

  paint() {
    const { scene, stale, layout, clock } = this;
    if (scene && stale.has("all")) layout.measure();
    if (!scene || !layout.visible) {
      stale.clear();
      return;
    }
    if (stale.has("all")) this.prepare();
    if (stale.has("all") || stale.has("controls")) layout.updateControls();
    if (["all", "controls", "moving"].some((part) => stale.has(part))) {
      for (const panel of this.panels) panel.paint(clock.step, this.table, this.data);
      layout.paintScrub(clock, this.theme);
    }
    stale.clear();
    layout.publish();
  }

  /** What stands still: the colours, and the data in the panels' common size. */
  prepare() {
    const {
      scene,
      theme,
      unit,
      ratio,
      layout: { panelWidth: width, panelHeight: height },
    } = this;
    this.table = colourTable(theme, scene.classes.length);
    fitCanvas(this.data, width, height, ratio);
    const ctx = this.data.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const { x, y } = scene.picture;
    const place = (px, py) => [
      ((px - x[0]) / (x[1] - x[0])) * width,
      height - ((py - y[0]) / (y[1] - y[0])) * height,
    ];
    drawPoints(ctx, scene, place, theme, unit);
    for (const panel of this.panels) panel.resize(width, height, theme, unit, ratio);
  }

  saveTable() {
    if (!this.scene) return;
    const columns = [
      ["train_accuracy", ({ train }, k) => train[k]],
      ["validation_accuracy", ({ validation }, k) => validation[k]],
    ];
    const text = table(this.scene.panels, columns, (row) => stepAt(this.scene, row));
    save(new Blob(["\ufeff", text], { type: "text/csv" }), fileName(this.scene.title, "csv"));
  }

  async saveImage() {
    if (!this.scene) return;
    this.stale.add("all");
    this.paint();
    const { layers, words, size, samples } = this.layout.layers();
    const blob = await picture(layers, size, samples, this.theme, Math.max(2, this.ratio), words);
    if (blob) save(blob, fileName(this.scene.title, "png"));
  }
}
