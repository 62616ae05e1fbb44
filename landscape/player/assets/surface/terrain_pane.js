// The terrain view: loaded when first needed, drawn as often as the machine can afford.
import { el, fitCanvas } from "../shared/dom.js";

const SLOW_FRAME = 18.2;
const FAST_FRAME = 17.2;
const RAREST = 6;
/** Frames to watch before drawing the terrain more rarely, or more often again. */
const SLOWER_AFTER = 12;
const FASTER_AFTER = 180;

export class TerrainPane {
  /** @param changed called when it is to be drawn again: its code has come, or the camera was moved */
  constructor(changed) {
    this.changed = changed;
    this.gone = false;
    this.gl = el("canvas", { "aria-hidden": "true" });
    this.overlay = el("canvas", { class: "front", tabindex: "0", role: "img" });
    this.caption = el("span", { class: "tag plain" });
    this.note = el("span", { class: "note" });
    this.message = el("span", { class: "empty", hidden: true });
    this.root = el(
      "div",
      { class: "view terrain" },
      this.gl,
      this.overlay,
      this.caption,
      this.note,
      this.message,
    );
    this.terrain = null;
    this.loading = null;
    Object.assign(this, { every: 1, frame: 1000 / 60, frames: 0, count: 0 });
  }

  setScene(scene, scale) {
    const { text } = scene;
    this.scene = scene;
    this.caption.textContent = text.terrain ?? "";
    const notes = { log: text.height_log, linear: text.height_linear, constant: text.constant };
    this.note.textContent = notes[scale.kind] ?? "";
    this.message.textContent = text.no_webgl ?? "";
    this.overlay.setAttribute("aria-label", `${text.terrain ?? ""} ${scene.surface.title ?? ""}`.trim());
    this.attempt(() => this.terrain?.setScene(scene));
  }

  setTheme(theme) {
    this.theme = theme;
    this.attempt(() => this.terrain?.setTheme(theme));
  }

  resize(width, height, ratio, unit) {
    this.size = [width, height, ratio, unit];
    if (this.terrain) this.attempt(() => this.terrain.resize(...this.size));
    else fitCanvas(this.overlay, width, height, ratio);
  }

  /** Fetch the terrain's code once; without it, or without WebGL, the contour tells the story alone. */
  load() {
    this.loading ??= import("./terrain.js")
      .then(({ Terrain }) => {
        if (this.gone) return;
        if (!Terrain.supported()) throw new Error("WebGL2 is not available");
        this.terrain = new Terrain(this.gl, this.overlay);
        this.terrain.setTheme(this.theme);
        this.terrain.setScene(this.scene);
        this.terrain.resize(...this.size);
        this.terrain.attach(this.changed);
        this.changed();
      })
      .catch((error) => this.fail(error));
  }

  attempt(action) {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    console.warn("terrain:", error);
    this.terrain = null;
    this.gl.hidden = true;
    this.message.hidden = false;
  }

  /** Drop terrain frames when the whole stage falls behind the screen, and win them back when it does not. */
  pace(frame) {
    this.frame = 0.9 * this.frame + 0.1 * frame;
    this.frames += 1;
    const change =
      this.frame > SLOW_FRAME && this.frames > SLOWER_AFTER && this.every < RAREST
        ? 1
        : this.frame < FAST_FRAME && this.frames > FASTER_AFTER && this.every > 1
          ? -1
          : 0;
    if (change) Object.assign(this, { every: this.every + change, frames: 0 });
  }

  /** Draw, or skip a frame of the running race; `must` for a frame that stands still. */
  paint(view, must) {
    this.count += 1;
    if (!this.terrain || (!must && this.count % this.every)) return;
    this.attempt(() => this.terrain.draw(view));
  }

  destroy() {
    this.gone = true;
    this.terrain?.destroy?.();
  }
}
