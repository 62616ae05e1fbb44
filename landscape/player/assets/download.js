// Leaving the browser: the stage as one picture, the trajectories as one table.
import { FONT } from "./theme.js";

export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function fileName(scene, extension) {
  const stem = (scene.surface.title ?? "").normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${stem || "landscape"}.${extension}`;
}

/** Quote a field when it needs it, and keep a spreadsheet from reading a name as a formula. */
function field(value) {
  const text = /^[=+\-@]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const cell = (value) => (Number.isFinite(value) ? String(value) : "");

/** One row for each runner and step up to its last live one. */
export function table(scene) {
  const rows = ["runner,step,x,y,loss,gradient_x,gradient_y"];
  for (const { name, path, loss, gradient, end } of scene.runners) {
    for (let k = 0; k <= end; k += 1) {
      const values = [path[2 * k], path[2 * k + 1], loss[k], gradient?.[2 * k], gradient?.[2 * k + 1]];
      rows.push([field(name), k, ...values.map(cell)].join(","));
    }
  }
  return `${rows.join("\r\n")}\r\n`;
}

/**
 * Compose the canvases as they lie on the page, with a line of legend above.
 * @param layers [{canvas, left, top, width, height}] in CSS px, bottom first
 */
export function picture(layers, size, legend, theme, ratio) {
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
  let x = 16;
  for (const { sample, name, width, height } of legend) {
    if (x > size.width - 60) break;
    ctx.drawImage(sample, x, (band - height) / 2, width, height);
    ctx.fillStyle = theme.ink;
    ctx.fillText(name, x + width + 6, band / 2);
    x += width + 26 + ctx.measureText(name).width;
  }
  for (const layer of layers) ctx.drawImage(layer.canvas, layer.left, layer.top + band, layer.width, layer.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}
