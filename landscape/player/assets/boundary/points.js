// The data on the map: training points filled, validation points hollow, each class with its shape and colour.
import { drawMarker, traceMarker } from "../shared/markers.js";
import { rgba } from "../shared/theme.js";

const RADIUS = 3.6;
/** Beyond so many points they shrink, and still do not cover everything. */
const MANY = 300;

export function drawPoint(ctx, x, y, radius, { point, marker }, hollow, theme, unit) {
  if (!hollow) {
    drawMarker(ctx, marker, x, y, radius, point, theme.background, 1.6 * unit);
    return;
  }
  traceMarker(ctx, marker, x, y, radius);
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.fillStyle = rgba(theme.background, 0.85);
  ctx.fill();
  ctx.lineWidth = 1.5 * unit;
  ctx.strokeStyle = point;
  ctx.stroke();
}

/** @param place maps a point's coordinates to the canvas */
export function drawPoints(ctx, scene, place, theme, unit) {
  const count = scene.train.labels.length + scene.validation.labels.length;
  const radius = RADIUS * unit * Math.min(1, Math.max(0.6, Math.sqrt(MANY / Math.max(1, count))));
  for (const [{ points, labels }, hollow] of [
    [scene.train, false],
    [scene.validation, true],
  ]) {
    for (let k = 0; k < labels.length; k += 1) {
      const [x, y] = place(points[2 * k], points[2 * k + 1]);
      drawPoint(ctx, x, y, radius, theme.classes[labels[k]], hollow, theme, unit);
    }
  }
}

/** A class as the legend shows it: its region's colour under a filled and a hollow point. */
export function drawSample(canvas, look, theme, unit, ratio) {
  const [width, height] = [36 * unit, 20 * unit];
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.fillStyle = look.region;
  ctx.beginPath();
  ctx.roundRect(0, 0, width, height, 4 * unit);
  ctx.fill();
  drawPoint(ctx, 11 * unit, height / 2, 4.2 * unit, look, false, theme, unit);
  drawPoint(ctx, 25 * unit, height / 2, 4.2 * unit, look, true, theme, unit);
}
