// Pointer, wheel and touch on the contour: drag or click the start, pan, zoom, point at a path.

const CLICK_SLACK = 4;
const START_REACH = { mouse: 14, pen: 18, touch: 26 };
/** How long a click on a zoomed map waits to learn whether it is half of a double click, in ms. */
const DOUBLE_CLICK = 260;

export class Gestures {
  /**
   * @param surface the canvas that receives the pointer
   * @param host - {viewport, start() -> [px, py]|null, draggable(), dragStart(px, py, phase), click(px, py),
   *   hover(px, py) -> cursor, changed()}; phase is "begin", "move", "end", or "none" for a press without a drag
   */
  constructor(surface, host) {
    this.surface = surface;
    this.host = host;
    this.pointers = new Map();
    this.mode = null;
    this.clickTimer = 0;
    const on = (kind, handler, options) => surface.addEventListener(kind, handler, options);
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event, true));
    on("pointercancel", (event) => this.up(event, false));
    on("pointerleave", () => host.hover(null));
    on("wheel", (event) => this.wheel(event), { passive: false });
    on("dblclick", () => this.doubleClick());
    // A finger scrolls the page unless it is on the start or the map is zoomed in.
    on("touchstart", (event) => this.claimTouch(event), { passive: false });
  }

  /** @returns {[number, number]} */
  place(event) {
    const box = this.surface.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  onStart([px, py], kind) {
    const start = this.host.draggable() ? this.host.start() : null;
    return (
      start !== null && Math.hypot(start[0] - px, start[1] - py) <= (START_REACH[kind] ?? START_REACH.touch)
    );
  }

  claimTouch(event) {
    const several = event.touches.length > 1 || this.host.viewport.k > 1;
    if (several || this.onStart(this.place(event.touches[0]), "touch")) event.preventDefault();
  }

  down(event) {
    if (event.button !== 0) return;
    const at = this.place(event);
    this.pointers.set(event.pointerId, at);
    this.surface.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) {
      if (this.mode === "start") this.host.dragStart(...at, "end");
      this.mode = "pinch";
      return;
    }
    this.origin = at;
    this.moved = false;
    this.mode = this.onStart(at, event.pointerType) ? "start" : "pan";
    if (this.mode === "start") this.host.dragStart(...at, "begin");
  }

  move(event) {
    const at = this.place(event);
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.surface.style.cursor = this.onStart(at, event.pointerType) ? "grab" : this.host.hover(...at);
      return;
    }
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    this.pointers.set(event.pointerId, at);
    if (Math.hypot(at[0] - this.origin[0], at[1] - this.origin[1]) > CLICK_SLACK) this.moved = true;
    if (this.mode === "start" && this.moved) this.host.dragStart(...at, "move");
    else if (this.mode === "pinch" && others.length === 1) this.pinch(before, at, others[0]);
    else if (this.mode === "pan" && this.moved && this.host.viewport.k > 1) {
      this.host.viewport.panBy(at[0] - before[0], at[1] - before[1]);
      this.host.changed();
    }
  }

  pinch(before, at, other) {
    const spread = (p) => Math.max(12, Math.hypot(p[0] - other[0], p[1] - other[1]));
    const view = this.host.viewport;
    view.panBy((at[0] - before[0]) / 2, (at[1] - before[1]) / 2);
    view.zoomAt((at[0] + other[0]) / 2, (at[1] + other[1]) / 2, spread(at) / spread(before));
    this.host.changed();
  }

  up(event, completed) {
    if (!this.pointers.delete(event.pointerId)) return;
    const at = this.place(event);
    const { mode } = this;
    if (this.pointers.size === 0) this.mode = null;
    if (mode === "start")
      this.host.dragStart(...(this.moved ? at : this.origin), this.moved ? "end" : "none");
    else if (mode === "pan" && completed && !this.moved) this.click(at);
  }

  click(at) {
    clearTimeout(this.clickTimer);
    if (this.host.viewport.k === 1) this.host.click(...at);
    else this.clickTimer = setTimeout(() => this.host.click(...at), DOUBLE_CLICK);
  }

  doubleClick() {
    clearTimeout(this.clickTimer);
    this.host.viewport.reset();
    this.host.changed();
  }

  wheel(event) {
    const view = this.host.viewport;
    // At full view a wheel turned outward scrolls the page, as it does everywhere else.
    if (view.k === 1 && event.deltaY > 0) return;
    event.preventDefault();
    const notch = event.deltaMode === 1 ? 24 : 1;
    view.zoomAt(...this.place(event), Math.exp(-Math.max(-240, Math.min(240, event.deltaY * notch)) / 400));
    this.host.changed();
  }
}
