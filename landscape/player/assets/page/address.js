// Keeps parameters of the address bar in step with the page, without an entry in the history.

import { playOn } from "./lost.js";

/** Set one parameter of the address, leaving the others; nothing happens where it already says so. */
export function writeParameter(name, value) {
  const address = new URL(window.location.href);
  if (address.searchParams.get(name) === value) return;
  address.searchParams.set(name, value);
  window.history.replaceState(window.history.state, "", address);
}

export default function address({ data }) {
  playOn();
  for (const [name, value] of Object.entries(data ?? {})) writeParameter(name, value);
}
