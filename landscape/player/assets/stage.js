// The animated stage's two doors: a Streamlit component's default export, and `mount` for a page of its own.
import { Stage } from "./stage_view.js";

/** The stage of each place on the page: a rerun finds its play position, zoom and camera again. */
const STAGES = new WeakMap();

/** Keep the address bar in step with what is shown, without an entry in the history. */
function writeLink(link) {
  const address = new URL(window.location.href);
  if (address.searchParams.get("s") === link) return;
  address.searchParams.set("s", link);
  window.history.replaceState(window.history.state, "", address);
}

/**
 * Put a stage into an element or shadow root.
 * @param bytes the packed payload
 * @param host {onStart(xy)|null, writeLink(link)|null}; without onStart the start cannot be moved
 * @returns {update(bytes), destroy()}
 */
export function mount(root, bytes, host = {}) {
  const stage = new Stage(root, { onStart: null, writeLink: null, ...host });
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
    entry.player = mount(parentElement, data, { onStart: (start) => entry.send("start", start), writeLink });
    STAGES.set(parentElement, entry);
  }
  return () => {
    entry.player.destroy();
    STAGES.delete(parentElement);
  };
}
