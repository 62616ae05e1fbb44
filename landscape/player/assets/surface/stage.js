// The animated stage's two doors: a Streamlit component's default export, and `mount` for a page of its own.
import { Stage } from "./view.js";

/** The stage of each place on the page: a rerun finds its play position, zoom and camera again. */
const STAGES = new WeakMap();

/**
 * Put a stage into an element or shadow root.
 * @param bytes the packed payload
 * @param host - {onStart(xy, gesture)|null}; moves of one drag share their gesture's number;
 *   without onStart the start cannot be moved
 * @returns an object: {update(bytes), destroy()}
 */
export function mount(root, bytes, host = {}) {
  const stage = new Stage(root, { onStart: null, ...host });
  stage.setData(bytes);
  return { update: (next) => stage.setData(next), destroy: () => stage.destroy() };
}

export default function stage({ data, parentElement, setStateValue }) {
  let entry = STAGES.get(parentElement);
  if (entry) {
    entry.send = setStateValue;
    entry.player.update(data);
  } else {
    entry = { send: setStateValue };
    entry.player = mount(parentElement, data, {
      onStart: (start, gesture) => entry.send("start", [...start, gesture]),
    });
    STAGES.set(parentElement, entry);
  }
  return () => {
    entry.player.destroy();
    STAGES.delete(parentElement);
  };
}
