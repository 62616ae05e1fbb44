// The strip's y axis: logarithmic unless a loss is negative or the values are accuracies, and the curves drawn on it.
import { number, tickLabel, ticks, trueMinus } from "../shared/format.js";

/** Decades shown at most: an exact zero, or a float's underflow, leaves the strip at its floor. */
const MOST_DECADES = 16;
/** How far beyond the losses met the plane's own may stretch the axis, in decades or as a factor. */
const BENEATH_DECADES = 3;

export function lossAt(runner, step) {
  const k = Math.floor(step);
  const here = runner.loss[k];
  const next = runner.loss[Math.min(runner.end, k + 1)];
  const between = here + (next - here) * (step - k);
  return Number.isFinite(between) ? between : here;
}

/** The losses while a run is in the picture: one that falls off the edge of a saddle sets no range either. */
function* finiteLosses(runners, kind = "loss") {
  for (const { [kind]: loss, end, left } of runners) {
    if (!loss) continue;
    for (let k = 0; k <= Math.min(end, left ?? end); k += 1) if (Number.isFinite(loss[k])) yield loss[k];
  }
}

export class LossAxis {
  constructor(runners, top, bottom, accuracy = false) {
    Object.assign(this, { top, bottom, accuracy });
    // A diverged run would flatten all the others: they set the range, it leaves through the top.
    const lasting = runners.filter((runner) => runner.status !== "diverged");
    let low = Infinity,
      high = -Infinity,
      positive = Infinity;
    for (const loss of finiteLosses(lasting.length ? lasting : runners)) {
      low = Math.min(low, loss);
      high = Math.max(high, loss);
      if (loss > 0) positive = Math.min(positive, loss);
    }
    this.log = low >= 0 && high > 0 && !accuracy;
    const [least, most] = this.log
      ? [low / 10 ** BENEATH_DECADES, high * 10 ** BENEATH_DECADES]
      : [-Infinity, Infinity];
    for (const loss of finiteLosses(runners, "beneath")) {
      if (loss < least || loss > most) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
      if (loss > 0) positive = Math.min(positive, loss);
    }
    this.known = high >= low;
    if (!this.known) [low, high] = [0, 1];
    const at = this.log ? Math.log10 : (value) => value;
    this.high = at(high);
    this.low = this.log ? Math.max(at(positive), this.high - MOST_DECADES) : low;
    const pad = 0.04 * (this.high - this.low) || (this.log ? 0.5 : Math.abs(this.high) * 0.05 || 0.5);
    this.high += pad;
    this.low -= pad;
  }

  toY(loss) {
    if (Number.isNaN(loss)) return NaN;
    const at = this.log ? Math.log10(Math.max(0, loss)) : loss;
    const part = (at - this.low) / (this.high - this.low);
    // Beyond the axis a curve leaves the strip; a finite place out of sight keeps its slope drawable.
    return this.bottom - Math.min(2, Math.max(-1, part)) * (this.bottom - this.top);
  }

  /** Two to four lines with their labels; whole powers of ten on a log axis long enough for them. */
  labels(unit) {
    if (!this.known) return [];
    const most = (this.bottom - this.top) / (26 * unit);
    const place = (value) =>
      this.bottom - ((value - this.low) / (this.high - this.low)) * (this.bottom - this.top);
    if (this.log && this.high - this.low >= 2) {
      const stride = Math.ceil((this.high - this.low) / most);
      const first = Math.floor(this.high);
      const found = [];
      for (let power = first; power >= this.low; power -= stride) {
        found.push({ y: place(power), text: "10", power: trueMinus(String(power)) });
      }
      return found;
    }
    const [low, high] = this.log ? [10 ** this.low, 10 ** this.high] : [this.low, this.high];
    const { values, digits } = ticks(low, high, most);
    const write = this.accuracy
      ? (value) => `${tickLabel(100 * value, Math.max(0, digits - 2))}%`
      : (value) => number(value);
    return values
      .filter((value) => !this.log || value > 0)
      .map((value) => ({ y: place(this.log ? Math.log10(value) : value), text: write(value), power: null }));
  }
}

/** One runner's losses, or those beneath it; where several steps share a pixel its lowest and highest loss stand for them. */
export function curve(runner, toX, axis, kind = "loss") {
  const values = runner[kind];
  const path = new Path2D();
  let pen = false;
  const point = (step, loss) => {
    const y = axis.toY(loss);
    if (!Number.isFinite(y)) pen = false;
    else if (pen) path.lineTo(toX(step), y);
    else path.moveTo(toX(step), y);
    pen = Number.isFinite(y);
  };
  const perPixel = 1 / Math.max(1e-9, toX(1) - toX(0));
  const stride = Math.max(1, Math.floor(perPixel));
  for (let k = 0; k <= runner.end; k += stride) {
    if (stride === 1) {
      point(k, values[k]);
      continue;
    }
    const chunk = values.subarray(k, Math.min(runner.end + 1, k + stride));
    point(
      k,
      chunk.reduce((a, b) => Math.min(a, b)),
    );
    point(
      k + stride / 2,
      chunk.reduce((a, b) => Math.max(a, b)),
    );
  }
  return path;
}
