// What a curve stands on: its ground, the numbers of its axes, and its line.
import { haloText } from "../surface/contour.js";
import { along } from "./payload.js";
import { tickLabel, ticks } from "../shared/format.js";
import { cssColour } from "../shared/scale.js";
import { FONT, rgba } from "../shared/theme.js";

/** The ground under the curve, deep where the curve is low. */
export function paintGround(plot) {
  const {
    ctx,
    scene,
    theme,
    box: { width, height, ratio },
  } = plot;
  const span = (scene.y[1] - plot.low) * 0.72;
  const wide = 1 / ratio;
  for (let px = 0; px < width; px += wide) {
    const y = along(scene, scene.height, plot.toX(px));
    ctx.fillStyle = cssColour(theme, (y - plot.low) / span);
    const top = Math.max(0, plot.py(y));
    ctx.fillRect(px, top, wide + 0.5 / ratio, height - top);
  }
}

/** Round heights as dotted lines, and the numbers of both axes. */
export function paintFrame(plot) {
  const {
    ctx,
    scene,
    theme,
    box: { width, height, unit },
  } = plot;
  ctx.font = `400 ${13 * unit}px ${FONT}`;
  ctx.textBaseline = "middle";
  const [rows, columns] = [
    ticks(scene.y[0], scene.y[1], 6),
    ticks(scene.x[0], scene.x[1], width / unit < 520 ? 5 : 9),
  ];
  for (const y of rows.values) {
    const py = plot.py(y);
    if (py < 12 * unit || py > height - 34 * unit) continue;
    ctx.setLineDash([2 * unit, 4 * unit]);
    ctx.lineWidth = unit;
    ctx.strokeStyle = rgba(theme.muted, 0.35);
    ctx.beginPath();
    ctx.moveTo(0, py);
    ctx.lineTo(width, py);
    ctx.stroke();
    if (y > plot.low)
      haloText(ctx, tickLabel(y, rows.digits), 9 * unit, py - 9 * unit, theme.muted, theme, 3 * unit);
  }
  ctx.setLineDash([]);
  for (const x of columns.values) {
    const label = tickLabel(x, columns.digits);
    const wide = ctx.measureText(label).width;
    const px = plot.px(x) - wide / 2;
    if (px > 4 && px + wide < width - 4)
      haloText(ctx, label, px, height - 12 * unit, theme.ink, theme, 3 * unit);
  }
}

export function paintCurve(plot) {
  const {
    ctx,
    scene,
    theme,
    box: { unit },
  } = plot;
  ctx.beginPath();
  scene.height.forEach((y, k) =>
    ctx.lineTo(plot.px(scene.x[0] + (k / (scene.height.length - 1)) * (scene.x[1] - scene.x[0])), plot.py(y)),
  );
  ctx.lineWidth = 3 * unit;
  ctx.strokeStyle = theme.isoline;
  ctx.stroke();
}
