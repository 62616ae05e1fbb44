// Eight marker shapes of equal visual weight, so that a runner is known without its colour.

import { LOOK } from "./look.js";

/**
 * @param radius nominal: the corners of a shape are those around a circle of 1, evened out in area
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} marker
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function traceMarker(ctx, marker, x, y, radius) {
  ctx.beginPath();
  const { corners } = /** @type {{ corners: number[][] }} */ (
    LOOK.markers[/** @type {keyof typeof LOOK.markers} */ (marker)]
  );
  if (corners.length === 0) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  for (const [dx, dy] of corners) ctx.lineTo(x + radius * dx, y + radius * dy);
  ctx.closePath();
}

/**
 * A filled marker; the casing is a band of `casingWidth` around it, drawn beneath.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} marker
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} fill
 * @param {string | null} casing
 * @param {number} casingWidth
 */
export function drawMarker(ctx, marker, x, y, radius, fill, casing = null, casingWidth = 0) {
  traceMarker(ctx, marker, x, y, radius);
  if (casing && casingWidth > 0) {
    ctx.setLineDash([]);
    ctx.lineJoin = "round";
    ctx.lineWidth = casingWidth;
    ctx.strokeStyle = casing;
    ctx.stroke();
  }
  ctx.fillStyle = fill;
  ctx.fill();
}
