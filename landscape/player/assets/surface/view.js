// The stage as a whole: one state, several views of it, one frame loop that runs only while something changes.
import { decode, sameSurface, stepAt } from "./payload.js";
import { Scale } from "../shared/scale.js";
import { Frame } from "./render_loop.js";
import { Layout } from "./layout.js";
import { StartRequest } from "./start_request.js";
import { Legend } from "./legend.js";
import { Strip } from "./strip.js";
import { Transport } from "../shared/transport.js";
import { ContourPane } from "./contour_pane.js";
import { TerrainPane } from "./terrain_pane.js";
import { ColourBar } from "./colour_bar.js";
import { el } from "../shared/dom.js";
import { Keyboard } from "../shared/keyboard.js";
import { columnsOf, fileName, picture, save, table } from "../shared/download.js";
import { Player } from "../shared/player.js";

const GHOST_STAYS = 1500;

/** What the layout depends on: the words and the runners' names. */
const words = ({ language, heading, runners }) =>
  JSON.stringify([language, heading, runners.map(({ id, slot, name }) => [id, slot, name])]);

export class Stage extends Player {
  constructor(root, host) {
    super();
    Object.assign(this, { host, scale: null, unit: 1, ratio: 1 });
    Object.assign(this, { hidden: new Set(), selected: null, wished: null, dragging: false });
    this.gesture = Date.now(); // no number comes twice, also after the page was left and entered again
    Object.assign(this, { ghost: null, ghostTimer: 0 });
    this.arrows = { gradient: true, velocity: true, update: false };
    this.request = new StartRequest(
      (start, gesture) => host.onStart?.(start, gesture),
      (busy) => this.layout?.showBusy(busy),
    );
    this.contour = new ContourPane({
      select: (id) => this.select(id),
      moveStart: (point) => this.moveStart(point),
      dragStart: (point, phase) => this.dragStart(point, phase),
      changed: () => this.invalidate("still"),
    });
    this.terrain = new TerrainPane(() => this.invalidate("terrain"));
    this.bar = new ColourBar();
    this.legend = new Legend({ toggle: (id) => this.toggleRunner(id), select: (id) => this.select(id) });
    this.strip = new Strip(el("canvas", { class: "strip", "aria-hidden": "true" }));
    const arrow = (kind) =>
      this.set(() => {
        this.arrows[kind] = !this.arrows[kind];
      });
    this.transport = new Transport({ ...this.actions, arrow });
    this.frame = new Frame(this);
    this.layout = new Layout(this, root);
    this.keyboard = new Keyboard(this);
    this.follow();
    this.onInput = (event) => {
      if (!event.composedPath().includes(root)) this.frame.giveWay();
    };
    for (const kind of ["pointerup", "keydown"]) document.addEventListener(kind, this.onInput, true);
  }

  /** Show new data; the play position, zoom, camera and choices stay. The same revision again changes nothing. */
  setData(bytes) {
    try {
      const scene = decode(bytes);
      if (scene) this.setScene(scene);
    } catch (error) {
      console.error("stage:", error);
    }
  }

  setScene(scene) {
    const before = this.scene;
    const more = this.request.settle();
    if (!this.dragging && !more) this.wished = null;
    if (before?.revision === scene.revision && before.language === scene.language) {
      this.invalidate("moving");
      return;
    }
    const fresh = !sameSurface(before, scene);
    if (fresh) this.scale = new Scale(scene.surface);
    this.scene = scene;
    this.clock.setSteps(scene.steps, Boolean(scene.steps_at));
    this.keepGhost(fresh ? null : before);
    if (!scene.runners.some((runner) => runner.id === this.selected)) {
      this.selected = (scene.runners.find((runner) => runner.velocity) ?? scene.runners[0])?.id ?? null;
    }
    this.contour.setScene(scene, this.scale, fresh);
    this.terrain.setScene(scene, this.scale);
    this.legend.setScene(scene);
    this.transport.setText(scene.text);
    this.layout.setText(scene.text);
    if (!before && !this.clock.calm && scene.runners.length) this.clock.play();
    this.frame.held = 0;
    // Moving a slider changes the runs alone: neither words nor legend, so that nothing needs measuring.
    if (fresh || words(before) !== words(scene)) this.invalidate("all");
    else this.frame.drawRuns();
  }

  /** While a drag lasts the run before it stays as a ghost; otherwise the previous one, for a moment. */
  keepGhost(before) {
    clearTimeout(this.ghostTimer);
    if (!before) {
      this.ghost = null;
      return;
    }
    this.ghost ??= before;
    if (!this.dragging)
      this.ghostTimer = setTimeout(
        () =>
          this.set(() => {
            this.ghost = null;
          }),
        GHOST_STAYS,
      );
  }

  setTheme(theme) {
    this.terrain.setTheme(theme);
    super.setTheme(theme);
  }

  invalidate(part) {
    this.frame.invalidate(part);
  }

  // Choosing.

  toggleRunner(id) {
    if (!this.hidden.delete(id)) this.hidden.add(id);
    this.invalidate("all");
  }

  select(id) {
    this.hidden.delete(id);
    this.selected = id;
    this.invalidate("all");
  }

  // The start.

  get start() {
    return this.wished ?? this.scene?.start ?? null;
  }

  /** The kinds of arrows that some runner has: a network's gradient does not lie in the plane. */
  get offered() {
    const { runners } = this.scene;
    if (!this.scene.surface.axes) return new Set(Object.keys(this.arrows));
    return new Set(
      Object.keys(this.arrows).filter((kind) => runners.some((runner) => kind === "update" || runner[kind])),
    );
  }

  get canMoveStart() {
    return Boolean(this.host.onStart && this.scene?.draggable);
  }

  moveStart(start) {
    if (!this.dragging) this.gesture += 1;
    this.wished = start;
    this.request.ask(start, this.gesture);
    this.invalidate("moving");
  }

  dragStart(target, phase) {
    if (phase === "begin") {
      clearTimeout(this.ghostTimer);
      Object.assign(this, { dragging: true, ghost: this.scene, gesture: this.gesture + 1 });
    }
    if (target && target.join() !== this.wished?.join()) this.moveStart(target);
    if (phase === "end" || phase === "none") {
      this.dragging = false;
      this.keepGhost(this.ghost);
    }
    this.invalidate("moving");
  }

  // Taking away.

  saveTable() {
    const { scene } = this;
    if (!scene) return;
    const text = table(scene.runners, columnsOf(scene), (row) => stepAt(scene, row));
    save(new Blob(["\ufeff", text], { type: "text/csv" }), fileName(scene.surface.title, "csv"));
  }

  async saveImage() {
    if (!this.scene) return;
    // A WebGL canvas can be read only in the task that drew it.
    this.frame.paintAll();
    const legend = [...this.legend.chips.values()].filter(({ runner }) => !this.hidden.has(runner.id));
    const samples = legend.map(({ sample, name }) => ({
      sample,
      name: name.textContent,
      width: sample.clientWidth,
      height: sample.clientHeight,
    }));
    const { layers, size } = this.layout.layers();
    const blob = await picture(layers, size, samples, this.theme, Math.max(2, this.ratio));
    if (blob) save(blob, fileName(this.scene.surface.title, "png"));
  }

  destroy() {
    clearTimeout(this.ghostTimer);
    this.request.clear();
    this.frame.stop();
    for (const kind of ["pointerup", "keydown"]) document.removeEventListener(kind, this.onInput, true);
    this.terrain.destroy();
    super.destroy();
  }
}
