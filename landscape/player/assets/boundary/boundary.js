// The boundary stage's two doors: a Streamlit component's default export, and `mount` for a page of its own.
import { Boundary } from "./view.js";

/** The stage of each place on the page: a rerun finds its play position again. */
const STAGES = new WeakMap();

/**
 * Put a boundary stage into an element or shadow root.
 * @param bytes the packed message
 * @returns an object: {update(bytes), destroy()}
 */
export function mount(root, bytes) {
  const stage = new Boundary(root);
  stage.setData(bytes);
  return { update: (next) => stage.setData(next), destroy: () => stage.destroy() };
}

export default function boundary({ data, parentElement }) {
  const known = STAGES.get(parentElement);
  if (known) known.update(data);
  else STAGES.set(parentElement, mount(parentElement, data));
  return () => {
    STAGES.get(parentElement)?.destroy();
    STAGES.delete(parentElement);
  };
}
