// The contour view: a still canvas, a moving canvas above it, the zoom buttons and the tooltip.
import { el, iconButton, relabel } from "../shared/dom.js";
import { roundTo } from "../shared/format.js";
import { ContourLayer } from "./contour.js";
import { Gestures } from "./gestures.js";
import { PathLayer, HEAD_RADIUS } from "./paths.js";
import { isStill } from "./payload.js";
import { Tooltip, nearestPoint } from "../shared/tooltip.js";
import { Viewport } from "./viewport.js";

const BUTTON_ZOOM = 1.6;

export class ContourPane {
  /**
   * It draws what it is handed and answers the hand by what it drew last.
   * @param told what a hand asks for: `select(id)`, `moveStart(point)`, `dragStart(point, phase)`, `changed()`
   */
  constructor(told) {
    Object.assign(this, { told, scene: null, seen: null });
    this.viewport = new Viewport();
    this.still = el("canvas", { "aria-hidden": "true" });
    this.moving = el("canvas", { class: "front", tabindex: "0", role: "img" });
    this.caption = el("span", { class: "tag" });
    this.note = el("span", { class: "tag note", hidden: true });
    this.empty = el("span", { class: "empty", hidden: true });
    this.tooltip = new Tooltip();
    this.zoomButtons = [
      iconButton("plus", "", () => this.zoom(BUTTON_ZOOM)),
      iconButton("minus", "", () => this.zoom(1 / BUTTON_ZOOM)),
      iconButton("reset", "", () => this.resetZoom()),
    ];
    const zoom = el("div", { class: "zoom" }, ...this.zoomButtons);
    this.root = el(
      "div",
      { class: "view contour" },
      this.still,
      this.moving,
      this.caption,
      this.note,
      this.empty,
      zoom,
      this.tooltip.root,
    );
    this.ground = new ContourLayer(this.still);
    this.paths = new PathLayer(this.moving);
    this.taken = [];
    this.gestures = new Gestures(this.moving, this);
  }

  setScene(scene, scale, fresh) {
    const { text, surface } = scene;
    this.scene = scene;
    this.viewport.setDomain(surface.x, surface.y);
    if (fresh) this.ground.setScene(scene, scale);
    else this.ground.scene = scene;
    this.paths.project(scene, this.viewport);
    this.caption.textContent = text.contour ?? "";
    this.note.hidden = !scene.runners.some((runner) => runner.share);
    this.note.textContent = text.off_note ?? "";
    this.empty.hidden = scene.runners.length > 0 || isStill(scene);
    this.empty.textContent = text.empty ?? "";
    this.moving.setAttribute("aria-label", `${text.stage_label ?? ""} ${surface.title ?? ""}`.trim());
    relabel(this.zoomButtons[0], text.zoom_in ?? "");
    relabel(this.zoomButtons[1], text.zoom_out ?? "");
    relabel(this.zoomButtons[2], text.reset_view ?? "");
  }

  resize(width, height) {
    this.viewport.resize(width, height);
    if (this.scene) this.paths.project(this.scene, this.viewport);
  }

  /** The still layer, and everything that follows from its geometry. */
  paintStill(theme, ratio, unit, hidden) {
    const tracks = [...this.paths.tracks].filter(([id]) => !hidden.has(id)).map(([, track]) => track);
    this.ground.paint(this.viewport, theme, ratio, unit, tracks);
    const { width } = this.viewport;
    const note = this.note.hidden ? [] : [[width - this.note.offsetWidth - 16 * unit, 0, width, 36 * unit]];
    const titles = this.ground.paintTitles(this.moving.getContext("2d"), this.viewport, theme, unit);
    this.taken = [...titles, ...note];
  }

  paintMoving(view) {
    this.seen = view;
    this.paths.paint({ ...view, viewport: this.viewport, written: this.ground.labels, taken: this.taken });
    this.ground.paintTitles(this.moving.getContext("2d"), this.viewport, view.theme, view.unit);
  }

  zoom(factor) {
    this.viewport.zoomAt(this.viewport.width / 2, this.viewport.height / 2, factor);
    this.changed();
  }

  resetZoom() {
    this.viewport.reset();
    this.changed();
  }

  // What the gestures ask for.

  changed() {
    this.tooltip.hide();
    this.root.classList.toggle("zoomed", this.viewport.k > 1);
    if (this.scene) this.paths.project(this.scene, this.viewport);
    this.told.changed();
  }

  draggable() {
    return Boolean(this.seen?.movable);
  }

  start() {
    const start = this.seen?.start;
    return start ? this.place(start) : null;
  }

  /** Where a point of the surface lies in the pane, in px. */
  place([x, y]) {
    return [this.viewport.toX(x), this.viewport.toY(y)];
  }

  toStart(px, py) {
    const { x, y, k, width, height } = this.viewport;
    const inside = (value, size) => Math.min(size, Math.max(0, value));
    return [
      roundTo(this.viewport.fromX(inside(px, width)), (x[1] - x[0]) / k),
      roundTo(this.viewport.fromY(inside(py, height)), (y[1] - y[0]) / k),
    ];
  }

  dragStart(px, py, phase) {
    this.tooltip.hide();
    const [sx, sy] = this.start() ?? [px, py];
    // The ring keeps its place under the pointer: it is moved, not fetched.
    if (phase === "begin") this.grip = [sx - px, sy - py];
    const target =
      phase === "begin" || phase === "none" ? null : this.toStart(px + this.grip[0], py + this.grip[1]);
    this.told.dragStart(target, phase);
  }

  click(px, py) {
    if (!this.seen) return;
    const runner = this.paths.headNear(px, py, (HEAD_RADIUS + 5) * this.seen.unit);
    if (runner) this.told.select(runner.id);
    else if (this.draggable()) this.told.moveStart(this.toStart(px, py));
  }

  hover(px, py) {
    const { seen } = this;
    const point =
      px === null || !seen
        ? null
        : nearestPoint(seen.scene, this.paths.tracks, seen.hidden, seen.step, px, py, seen.unit);
    if (point) this.tooltip.show(point, seen.scene, seen.theme, this.viewport);
    else this.tooltip.hide();
    if (point) return "pointer";
    return this.viewport.k > 1 ? "move" : this.draggable() ? "crosshair" : "default";
  }
}
