// Small helpers for building the stage's elements. Text only ever enters through textContent.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Stroked icons on a 24 x 24 field. */
const ICONS = {
  first: "M7 6v12M17 7l-6 5 6 5z",
  back: "M14 7l-5 5 5 5",
  forward: "M10 7l5 5-5 5",
  play: "M8 5.5l10.5 6.5L8 18.5z",
  pause: "M6.5 5h4v14h-4zM13.5 5h4v14h-4z",
  loop: "M17 3l3.5 3.5L17 10M4 11.5v-1a4 4 0 0 1 4-4h12M7 21l-3.5-3.5L7 14M20 12.5v1a4 4 0 0 1-4 4H4",
  download: "M12 4v11M7.5 10.8 12 15.3l4.5-4.5M4 16.5V20h16v-3.5",
  fullscreen: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  exit: "M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5",
  arrows: "M4 19 19 5M12.5 5H19v6.5M4 9l5-5M5.5 4H9v3.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  reset: "M5 12a7 7 0 1 0 2.4-5.3M5 4v4.5h4.5",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onClick, extra = {}) {
  return el(
    "button",
    { type: "button", class: "icon", "aria-label": label, title: label, onclick: onClick, ...extra },
    icon(name),
  );
}

/** Give a labelled control its name in the current language. */
export function relabel(node, label) {
  node.setAttribute("aria-label", label);
  node.title = label;
}

/** Match a canvas's pixels to its box on the page; returns true when they changed, which also clears it. */
export function fitCanvas(canvas, width, height, ratio) {
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width === w && canvas.height === h) return false;
  canvas.width = w;
  canvas.height = h;
  return true;
}
