// The curve stage's two doors: a Streamlit component's default export, and `mount` for a page of its own.
import { Curve } from "./view.js";

/** The stage of each place on the page: a rerun finds its play position again. */
const STAGES = new WeakMap();

/**
 * Put a curve stage into an element or shadow root.
 * @param bytes the packed message
 * @param host - {onMoved(values, gesture)|null}; without it nothing can be moved
 * @returns an object: {update(bytes), destroy()}
 */
export function mount(root, bytes, host = {}) {
  const stage = new Curve(root, { onMoved: null, ...host });
  stage.setData(bytes);
  return { update: (next) => stage.setData(next), destroy: () => stage.destroy() };
}

export default function curve({ data, parentElement, setTriggerValue }) {
  let entry = STAGES.get(parentElement);
  if (entry) {
    entry.send = setTriggerValue;
    entry.stage.update(data);
  } else {
    entry = { send: setTriggerValue };
    const onMoved = (values, gesture) => entry.send("moved", { values, gesture });
    entry.stage = mount(parentElement, data, { onMoved });
    STAGES.set(parentElement, entry);
  }
  return () => {
    entry.stage.destroy();
    STAGES.delete(parentElement);
  };
}
