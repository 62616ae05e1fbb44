// The contour's still layer: ground, isolines with their labels, ticks, minima and saddles.
// It is painted only when the surface, the zoom, the size, the theme or the set of paths changes.
import { el, fitCanvas } from "../shared/dom.js";
import { LOOK } from "../shared/look.js";
import { FONT, rgba } from "../shared/theme.js";
import { shorten, ticks, tickLabel } from "../shared/format.js";
import { isolines } from "./isolines.js";
import { placeLabels, drawLabel } from "./isoline_labels.js";
import { hatch, rasterize } from "./raster.js";

export class ContourLayer {
  constructor(canvas) {
    this.canvas = canvas;
    this.ground = el("canvas");
    this.groundKey = "";
    this.labels = [];
  }

  setScene(scene, scale) {
    this.scene = scene;
    this.scale = scale;
    this.heights = Float64Array.from(scene.grid, (loss) => scale.raw(loss));
    this.holes = this.heights.length === 0 || this.heights.some(Number.isNaN);
    const { nx, ny } = scene.surface;
    this.lines = scale.levels.map((level) => ({
      level,
      t: scale.raw(level.value),
      pieces: isolines(this.heights, nx, ny, scale.raw(level.value)),
    }));
    this.groundKey = "";
  }

  /** @param tracks polylines in pixels that labels keep away from; `unit` is the lecture view's factor */
  paint(viewport, theme, ratio, unit, tracks) {
    const { width, height } = viewport;
    fitCanvas(this.canvas, width, height, ratio);
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = theme.background;
    ctx.fillRect(0, 0, width, height);
    if (this.holes) hatch(ctx, width, height, theme, unit);
    this.paintGround(ctx, viewport, theme);
    const pixels = this.lines.map((line) => ({ ...line, pieces: this.toPixels(line.pieces, viewport) }));
    for (const line of pixels) this.strokeLine(ctx, line, theme, unit);
    const marks = this.marks(viewport);
    this.labels = placeLabels(
      pixels,
      viewport,
      unit,
      tracks,
      marks.map(({ px, py }) => [px, py]),
    );
    for (const label of this.labels) drawLabel(ctx, label, theme, unit);
    this.paintTicks(ctx, viewport, theme, unit);
    for (const mark of marks) mark.draw(ctx, mark.px, mark.py, theme, unit);
  }

  paintGround(ctx, viewport, theme) {
    const key = `${viewport.key},${theme.dark},${this.canvas.width},${this.canvas.height}`;
    if (key !== this.groundKey) {
      fitCanvas(this.ground, this.canvas.width, this.canvas.height, 1);
      const { nx, ny } = this.scene.surface;
      rasterize(this.ground, this.heights, nx, ny, viewport, this.scale, theme);
      this.groundKey = key;
    }
    ctx.drawImage(this.ground, 0, 0, viewport.width, viewport.height);
  }

  toPixels(pieces, viewport) {
    const { nx, ny, x, y } = this.scene.surface;
    return pieces.map(({ points }) => {
      const pixels = new Float64Array(points.length);
      for (let k = 0; k < points.length; k += 2) {
        pixels[k] = viewport.toX(x[0] + ((x[1] - x[0]) * points[k]) / (nx - 1));
        pixels[k + 1] = viewport.toY(y[0] + ((y[1] - y[0]) * points[k + 1]) / (ny - 1));
      }
      return pixels;
    });
  }

  strokeLine(ctx, { level, pieces }, theme, unit) {
    const style = LOOK.isolines[level.kind] ?? LOOK.isolines.normal;
    ctx.beginPath();
    for (const points of pieces) {
      ctx.moveTo(points[0], points[1]);
      for (let k = 2; k < points.length; k += 2) ctx.lineTo(points[k], points[k + 1]);
    }
    ctx.lineJoin = "round";
    ctx.lineWidth = style.width * unit;
    ctx.strokeStyle = rgba(theme.isoline, style.opacity);
    ctx.setLineDash(style.dash.map((length) => length * unit));
    ctx.stroke();
    ctx.setLineDash([]);
  }

  marks(viewport) {
    const { minima, saddles, marks } = this.scene.surface;
    const place =
      (draw) =>
      ([x, y]) => ({ draw, px: viewport.toX(x), py: viewport.toY(y) });
    const all = [
      ...(saddles ?? []).map(place(drawSaddle)),
      ...(minima ?? []).map(place(drawMinimum)),
      ...(marks ?? []).map(([, x, y]) => place(drawSolution)([x, y])),
    ];
    return all.filter(({ px, py }) => viewport.contains(px, py));
  }

  paintTicks(ctx, viewport, theme, unit) {
    const { width, height } = viewport;
    const across = ticks(viewport.fromX(0), viewport.fromX(width), width / (64 * unit));
    const upward = ticks(viewport.fromY(height), viewport.fromY(0), height / (56 * unit));
    ctx.font = `${13 * unit}px ${FONT}`;
    ctx.fillStyle = theme.muted;
    const texts = [];
    for (const value of across.values) {
      const px = viewport.toX(value);
      if (px < 34 * unit || px > width - 14 * unit) continue;
      ctx.fillRect(px - 0.6 * unit, height - 6 * unit, 1.2 * unit, 6 * unit);
      texts.push([tickLabel(value, across.digits), px, height - 14 * unit, "center"]);
    }
    for (const value of upward.values) {
      const py = viewport.toY(value);
      if (py < (this.scene.surface.axes ? 68 : 44) * unit || py > height - 34 * unit) continue;
      ctx.fillRect(0, py - 0.6 * unit, 6 * unit, 1.2 * unit);
      texts.push([tickLabel(value, upward.digits), 10 * unit, py, "left"]);
    }
    for (const [text, px, py, align] of texts) haloText(ctx, text, px, py, theme.ink, theme, 3 * unit, align);
  }

  /** What the axes mean, at the ends they point to, above every path; returns the boxes of the words. */
  paintTitles(ctx, { width, height }, theme, unit) {
    const { axes } = this.scene.surface;
    if (!axes) return [];
    ctx.font = `600 ${13 * unit}px ${FONT}`;
    const room = Math.max(8, Math.floor((width - 20 * unit) / (7.5 * unit)));
    /** @type {[string, number, number, CanvasTextAlign][]} */
    const places = [
      [`${axes[0]} \u2192`, width - 10 * unit, height - 33 * unit, "right"],
      [`\u2191 ${axes[1]}`, 10 * unit, 50 * unit, "left"],
    ];
    return places.map(([text, px, py, align]) => {
      const words = shorten(text, room);
      haloText(ctx, words, px, py, theme.ink, theme, 4 * unit, align);
      const wide = ctx.measureText(words).width;
      const left = align === "left" ? px : px - wide;
      return [left - 4, py - 10 * unit, left + wide + 4, py + 10 * unit];
    });
  }
}

/** Text on a halo of the casing's colour, vertically centred. */
export function haloText(ctx, text, px, py, colour, theme, halo, align = "left") {
  ctx.textAlign = align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.lineWidth = halo;
  ctx.strokeStyle = rgba(theme.casing, theme.casingAlpha);
  ctx.strokeText(text, px, py);
  ctx.fillStyle = colour;
  ctx.fillText(text, px, py);
}

/** Stroke the current path twice: a wide casing, then the line itself. */
export function casedStroke(ctx, colour, width, theme, casing) {
  ctx.setLineDash([]);
  ctx.lineWidth = casing;
  ctx.strokeStyle = rgba(theme.casing, theme.casingAlpha);
  ctx.stroke();
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

function drawMinimum(ctx, px, py, theme, unit) {
  const r = 8 * unit;
  ctx.beginPath();
  ctx.arc(px, py, r, 0, 2 * Math.PI);
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    ctx.moveTo(px + 0.5 * r * dx, py + 0.5 * r * dy);
    ctx.lineTo(px + 1.5 * r * dx, py + 1.5 * r * dy);
  }
  ctx.lineCap = "butt";
  casedStroke(ctx, theme.ink, 1.9 * unit, theme, 4.5 * unit);
}

/** A solution that was found, a network's say: a hollow diamond. */
export function drawSolution(ctx, px, py, theme, unit) {
  const r = 8 * unit;
  ctx.beginPath();
  ctx.moveTo(px, py - r);
  for (const [dx, dy] of [
    [r, 0],
    [0, r],
    [-r, 0],
  ])
    ctx.lineTo(px + dx, py + dy);
  ctx.closePath();
  casedStroke(ctx, theme.ink, 2.2 * unit, theme, 5 * unit);
}

function drawSaddle(ctx, px, py, theme, unit) {
  const r = 6 * unit;
  ctx.beginPath();
  ctx.moveTo(px - r, py - r);
  ctx.lineTo(px + r, py + r);
  ctx.moveTo(px + r, py - r);
  ctx.lineTo(px - r, py + r);
  ctx.lineCap = "butt";
  casedStroke(ctx, theme.ink, 2 * unit, theme, 5 * unit);
}
