// Leaving the browser: the stage as one picture, the trajectories as one table.
import { isAccuracy } from "./scale.js";
import { FONT } from "./theme.js";

export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function fileName(title, extension) {
  const stem = (title ?? "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return `${stem || "landscape"}.${extension}`;
}

/** Quote a field when it needs it, and keep a spreadsheet from reading a name as a formula. */
function field(value) {
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const cell = (value) => (Number.isFinite(value) ? String(value) : "");

/** Each column's name, and its value of a runner at a row. */
const PLACE = [
  ["x", ({ path }, k) => path[2 * k]],
  ["y", ({ path }, k) => path[2 * k + 1]],
];
const GRADIENT = [
  ["gradient_x", ({ gradient }, k) => gradient?.[2 * k]],
  ["gradient_y", ({ gradient }, k) => gradient?.[2 * k + 1]],
];
const PLANE = [
  ["beneath", ({ beneath }, k) => beneath?.[k]],
  ["off_plane", ({ off }, k) => off?.[k]],
];

/** One row for each runner and step up to its last live one; `columns` are [name, value of a runner at a row]. */
export function table(runners, columns, stepOf) {
  const rows = [["runner", "step", ...columns.map(([name]) => name)].join(",")];
  for (const runner of runners) {
    for (let k = 0; k <= runner.end; k += 1) {
      const values = columns.map(([, read]) => cell(read(runner, k)));
      rows.push([field(runner.name), stepOf(k), ...values].join(","));
    }
  }
  return `${rows.join("\r\n")}\r\n`;
}

/** The columns of a scene: a plane's paths have no gradient in it, but a distance off it. */
export function columnsOf(scene) {
  const value = [isAccuracy(scene) ? "accuracy" : "loss", ({ loss }, k) => loss[k]];
  return [...PLACE, value, ...(scene.surface.axes ? PLANE : GRADIENT)];
}

/**
 * Compose the canvases as they lie on the page, with a line of legend above.
 * @param layers [{canvas, left, top, width, height}] in CSS px, bottom first
 * @param words [{text, left, top}] written upon them, in ink
 */
export function picture(layers, size, legend, theme, ratio, words = []) {
  const band = 40;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round((size.height + band) * ratio);
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, size.width, size.height + band);
  ctx.font = `600 14px ${FONT}`;
  ctx.textBaseline = "middle";
  ctx.fillStyle = theme.ink;
  let x = 16;
  for (const { sample, name, width, height } of legend) {
    if (x > size.width - 60) break;
    ctx.drawImage(sample, x, (band - height) / 2, width, height);
    ctx.fillText(name, x + width + 6, band / 2);
    x += width + 26 + ctx.measureText(name).width;
  }
  for (const layer of layers)
    ctx.drawImage(layer.canvas, layer.left, layer.top + band, layer.width, layer.height);
  for (const { text, left, top } of words) ctx.fillText(text, left, top + band);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
}
