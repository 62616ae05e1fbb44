// A runner as a legend shows it: a piece of its line with its marker.
import { fitCanvas } from "./dom.js";
import { LOOK } from "./look.js";
import { drawMarker } from "./markers.js";

const HEIGHT = 18;

/** @param length in px, before the lecture view's factor */
export function drawSample(canvas, look, theme, unit, ratio, length) {
  const [width, height] = [length * unit, HEIGHT * unit];
  fitCanvas(canvas, width, height, ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  // The dash is drawn outward from the marker to both sides, so that short samples look alike.
  ctx.setLineDash(look.dash.map((length) => 0.7 * length * unit));
  ctx.lineWidth = LOOK.lines.curve * unit;
  ctx.strokeStyle = look.line;
  for (const side of [0, width]) {
    ctx.beginPath();
    ctx.moveTo(side, height / 2);
    ctx.lineTo(width / 2, height / 2);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  drawMarker(ctx, look.marker, width / 2, height / 2, 5.5 * unit, look.line, theme.background, 4 * unit);
}
