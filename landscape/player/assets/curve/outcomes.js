// How a run can end, each with its colour; what diverges is hatched as well.
import { rgb } from "../shared/theme.js";

const NAMES = ["slow", "shallow", "deep", "cycles", "diverged"];
const PITCH = 6;
const STROKE = 1.6;

/**
 * A canvas painted with outcomes, one code for each cell, in device pixels.
 * @param codes rows of `columns` codes, the first row at the bottom
 */
export function outcomeImage(codes, columns, rows, width, height, theme, ratio) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.max(1, width), height: Math.max(1, height) });
  const ctx = canvas.getContext("2d");
  const image = ctx.createImageData(canvas.width, canvas.height);
  const colours = theme.outcomes;
  const palette = NAMES.map((name) => rgb(colours[name]));
  const hatch = rgb(colours.hatch);
  const lost = NAMES.indexOf("diverged");
  for (let py = 0, at = 0; py < canvas.height; py += 1) {
    const row =
      Math.min(rows - 1, Math.floor(((canvas.height - 1 - py + 0.5) / canvas.height) * rows)) * columns;
    for (let px = 0; px < canvas.width; px += 1, at += 4) {
      const code = codes[row + Math.min(columns - 1, Math.floor(((px + 0.5) / canvas.width) * columns))];
      const colour = code === lost && (px + py) % (PITCH * ratio) < STROKE * ratio ? hatch : palette[code];
      image.data.set(colour, at);
      image.data[at + 3] = 255;
    }
  }
  ctx.putImageData(image, 0, 0);
  return canvas;
}

/** One code's colour as a small square, for a legend. */
export function paintSample(canvas, name, theme, size, ratio) {
  const image = outcomeImage(
    [NAMES.indexOf(name)],
    1,
    1,
    Math.round(size * ratio),
    Math.round(size * ratio),
    theme,
    ratio,
  );
  Object.assign(canvas, { width: image.width, height: image.height });
  canvas.style.width = canvas.style.height = `${size}px`;
  canvas.getContext("2d").drawImage(image, 0, 0);
}
