// Pointer, wheel, touch and keyboard on the terrain: turn it, come closer, go back.

/** Degrees of turn for one px of drag. */
export const DEGREES = 0.4;
const KEY_DEGREES = 6;
const KEY_ZOOM = 1.12;

const KEYS = {
  ArrowLeft: (view) => view.turn(-KEY_DEGREES, 0),
  ArrowRight: (view) => view.turn(KEY_DEGREES, 0),
  ArrowUp: (view) => view.turn(0, KEY_DEGREES),
  ArrowDown: (view) => view.turn(0, -KEY_DEGREES),
  "+": (view) => view.zoom(KEY_ZOOM),
  "=": (view) => view.zoom(KEY_ZOOM),
  "-": (view) => view.zoom(1 / KEY_ZOOM),
  0: (view) => view.reset(),
};

/** @param view - {orbit(dx, dy) in px, turn(azimuth, elevation) in degrees, zoom(factor), reset(), camera} */
export function listen(canvas, view) {
  const pointers = new Map();
  let clicked = false;
  const on = (kind, handler, options) => canvas.addEventListener(kind, handler, options);
  const middle = () => {
    const places = [...pointers.values()];
    return [0, 1].map((c) => places.reduce((sum, place) => sum + place[c], 0) / places.length);
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.max(12, Math.hypot(a[0] - b[0], a[1] - b[1]));
  };
  const release = (event) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) canvas.style.cursor = "grab";
  };
  canvas.style.cursor = "grab";
  on("pointerdown", (event) => {
    if (event.button !== 0 || pointers.size === 2) return;
    clicked = true;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    canvas.setPointerCapture(event.pointerId);
    canvas.style.cursor = "grabbing";
  });
  on("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const [from, wide] = [middle(), pointers.size === 2 ? spread() : 1];
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    const to = middle();
    view.orbit(to[0] - from[0], to[1] - from[1]);
    if (pointers.size === 2) view.zoom(spread() / wide);
  });
  on("pointerup", release);
  on("pointercancel", release);
  on("dblclick", () => view.reset());
  on(
    "wheel",
    (event) => {
      // From the first view a wheel turned outward scrolls the page, as it does everywhere else.
      if (view.camera.atHome && event.deltaY > 0) return;
      event.preventDefault();
      const notch = event.deltaMode === 1 ? 24 : 1;
      view.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * notch)) / 600));
    },
    { passive: false },
  );
  on("blur", () => {
    clicked = false;
  });
  on("keydown", (event) => {
    // A click also focuses the canvas; the arrows then still belong to the race's steps.
    const combined = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== "+");
    if (clicked || combined || !(event.key in KEYS)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](view);
  });
}
