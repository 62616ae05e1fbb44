// Loss against step, and the scrub beneath it: one x axis and one play head for both.
import { el, fitCanvas } from "../shared/dom.js";
import { FONT, rgba, slotOf } from "../shared/theme.js";
import { LOOK } from "../shared/look.js";
import { drawMarker } from "../shared/markers.js";
import { isAccuracy } from "../shared/scale.js";
import { SCRUB_HEIGHT, paintThumb, paintTrack } from "../shared/scrub.js";
import { LossAxis, curve, lossAt } from "./loss_axis.js";

const PAST = LOOK.lines.curve;
const FUTURE = 1.5;
const FUTURE_ALPHA = 0.28;
/** The plane's loss beneath a path: a thin dotted companion. */
const BENEATH = 1.4;
const DOTS = [1.5, 3];
const HEAD = 5.5;
export const STRIP_HEIGHT = 96;

export class Strip {
  /** Two hidden pictures, the race as future and as past, are cut at the play head in every frame. */
  constructor(canvas) {
    this.canvas = canvas;
    this.future = el("canvas");
    this.past = el("canvas");
  }

  layout(width, narrow, unit, ratio) {
    Object.assign(this, { width, unit, ratio, left: (narrow ? 40 : 48) * unit, right: 14 * unit });
    this.height = (STRIP_HEIGHT + SCRUB_HEIGHT) * unit;
    for (const canvas of [this.canvas, this.future, this.past]) fitCanvas(canvas, width, this.height, ratio);
  }

  toX(step) {
    return this.left + (step / Math.max(1, this.steps)) * (this.width - this.left - this.right);
  }

  toStep(px) {
    return ((px - this.left) / Math.max(1, this.width - this.left - this.right)) * this.steps;
  }

  /** Draw the two still pictures anew: after new data, another size, another theme, another legend. */
  prepare(scene, hidden, theme) {
    this.scene = scene;
    this.steps = scene.steps;
    this.runners = scene.runners.filter((runner) => !hidden.has(runner.id));
    this.axis = new LossAxis(this.runners, 9 * this.unit, (STRIP_HEIGHT - 8) * this.unit, isAccuracy(scene));
    const toX = (step) => this.toX(step);
    const curves = this.runners.map((runner) => {
      const beneath = runner.beneath && curve(runner, toX, this.axis, "beneath");
      return { look: slotOf(theme, runner.slot), path: curve(runner, toX, this.axis), beneath };
    });
    const below = curves.filter(({ beneath }) => beneath);
    const future = this.begin(this.future);
    this.drawAxis(future, theme);
    this.clip(future);
    for (const { look, path } of curves) this.stroke(future, path, rgba(look.line, FUTURE_ALPHA), FUTURE, []);
    for (const { look, beneath } of below)
      this.stroke(future, beneath, rgba(look.line, 2 * FUTURE_ALPHA), BENEATH, DOTS);
    future.restore();
    const past = this.begin(this.past);
    this.clip(past);
    for (const { look, path } of curves) {
      this.stroke(past, path, rgba(theme.casing, theme.casingAlpha), PAST + 2, []);
      this.stroke(past, path, look.line, PAST, look.dash);
    }
    for (const { look, beneath } of below) this.stroke(past, beneath, look.line, BENEATH, DOTS);
    past.restore();
    // On both pictures, for the play head cuts between them.
    if (below.length) for (const ctx of [future, past]) this.drawKey(ctx, scene.text, theme);
  }

  begin(canvas) {
    const ctx = canvas.getContext("2d");
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, this.width, this.height);
    return ctx;
  }

  clip(ctx) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(0, 0, this.width, STRIP_HEIGHT * this.unit);
    ctx.clip();
  }

  stroke(ctx, path, colour, width, dash) {
    ctx.lineJoin = "round";
    ctx.setLineDash(dash.map((length) => length * this.unit));
    ctx.lineWidth = width * this.unit;
    ctx.strokeStyle = colour;
    ctx.stroke(path);
    ctx.setLineDash([]);
  }

  drawAxis(ctx, theme) {
    const end = this.width - this.right;
    ctx.fillStyle = theme.muted;
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    for (const { y, text, power } of this.axis.labels(this.unit)) {
      ctx.fillStyle = theme.line;
      ctx.fillRect(this.left, y - 0.5, end - this.left, 1);
      ctx.fillStyle = theme.muted;
      const edge = this.left - 6 * this.unit;
      ctx.font = `${11 * this.unit}px ${FONT}`;
      const raised = power === null ? 0 : ctx.measureText(power).width + 1;
      if (power !== null) ctx.fillText(power, edge, y - 4 * this.unit);
      ctx.font = `${13 * this.unit}px ${FONT}`;
      ctx.fillText(text, edge - raised, y + (power === null ? 0 : 1.5 * this.unit));
    }
  }

  /** Which line is which, at the right: above, where losses have fallen; below, where accuracies have risen. */
  drawKey(ctx, text, theme) {
    const { unit } = this;
    ctx.font = `${12.5 * unit}px ${FONT}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const samples = [
      [text.solid ?? "", PAST, []],
      [text.dotted ?? "", BENEATH, DOTS],
    ];
    const sample = 22 * unit;
    const widths = samples.map(([words]) => sample + 6 * unit + ctx.measureText(words).width);
    let x = this.width - this.right - widths[0] - widths[1] - 16 * unit;
    const y = (this.axis.accuracy ? STRIP_HEIGHT - 13 : 11) * unit;
    ctx.fillStyle = rgba(theme.background, 0.85);
    ctx.fillRect(x - 6 * unit, y - 9 * unit, this.width - this.right - x + 6 * unit, 18 * unit);
    samples.forEach(([words, width, dash], k) => {
      const line = new Path2D();
      line.moveTo(x, y);
      line.lineTo(x + sample, y);
      this.stroke(ctx, line, theme.muted, width, dash);
      ctx.fillStyle = theme.muted;
      ctx.fillText(words, x + sample + 6 * unit, y);
      x += widths[k] + 16 * unit;
    });
  }

  /** One frame: future, past up to the head, markers, play head, scrub. */
  paint(step, theme) {
    const ctx = this.begin(this.canvas);
    const x = this.toX(step);
    ctx.drawImage(this.future, 0, 0, this.width, this.height);
    const cut = Math.max(0, Math.min(this.past.width, Math.round(x * this.ratio)));
    if (cut > 0) ctx.drawImage(this.past, 0, 0, cut, this.past.height, 0, 0, cut / this.ratio, this.height);
    this.paintScrub(ctx, x, theme);
    for (const runner of this.runners) this.paintHead(ctx, runner, step, theme);
  }

  paintHead(ctx, runner, step, theme) {
    const at = Math.min(step, runner.end);
    const loss = lossAt(runner, at);
    if (!this.axis.known) return;
    // A loss beyond numbers is beyond the strip's top.
    const y = this.axis.toY(Number.isNaN(loss) ? Infinity : loss);
    const look = slotOf(theme, runner.slot);
    const [px, py] = [this.toX(at), Math.min(this.axis.bottom, Math.max(this.axis.top, y))];
    if (runner.status === "diverged" && step >= runner.end) this.paintCross(ctx, px, py, look.line, theme);
    else drawMarker(ctx, look.marker, px, py, HEAD * this.unit, look.line, theme.casing, 3 * this.unit);
  }

  paintCross(ctx, x, y, colour, theme) {
    const r = 5 * this.unit;
    ctx.beginPath();
    for (const [dx, dy] of [
      [r, r],
      [r, -r],
    ]) {
      ctx.moveTo(x - dx, y - dy);
      ctx.lineTo(x + dx, y + dy);
    }
    for (const [width, stroke] of [
      [5, theme.casing],
      [2.5, colour],
    ]) {
      ctx.lineWidth = width * this.unit;
      ctx.strokeStyle = stroke;
      ctx.stroke();
    }
  }

  paintScrub(ctx, x, theme) {
    const { unit } = this;
    const y = (STRIP_HEIGHT + SCRUB_HEIGHT / 2 - 2) * unit;
    paintTrack(ctx, this.left, x, this.width - this.right, y, theme, unit);
    for (const { arrived, slot } of this.runners) {
      if (!Number.isFinite(arrived)) continue;
      const look = slotOf(theme, slot);
      drawMarker(ctx, look.marker, this.toX(arrived), y, 4.6 * unit, look.line, theme.background, 3 * unit);
    }
    ctx.fillStyle = theme.accent;
    ctx.fillRect(x - unit, 0, 2 * unit, y);
    paintThumb(ctx, x, y, theme, unit);
  }
}
