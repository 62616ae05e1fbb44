// The slider of learning rates: its track is painted from the runs at its rates, with zones above and marks below.
import { fitCanvas } from "../shared/dom.js";
import { outcomeImage } from "./outcomes.js";
import { shareOf } from "./payload.js";
import { tickLabel, trueMinus } from "../shared/format.js";
import { drawMarker } from "../shared/markers.js";
import { FONT } from "../shared/theme.js";

export const RATES_HEIGHT = 66;
const TRACK = { top: 22, height: 16 };
const THUMB = 11;

/** Rates of 1 and 3 times a power of ten, with their share of the track. */
export function rateTicks(control) {
  const found = [];
  for (let power = Math.floor(Math.log10(control.low)); power <= Math.log10(control.high); power += 1) {
    for (const digit of [1, 3]) {
      const value = Number(`${digit}e${power}`);
      const share = shareOf(control, value);
      if (share >= -1e-9 && share <= 1 + 1e-9)
        found.push({ share, text: tickLabel(value, Math.max(0, -power)) });
    }
  }
  return found;
}

export class RateTrack {
  constructor(canvas) {
    this.canvas = canvas;
    this.ctx = canvas.getContext("2d");
  }

  /** @param box - {width, unit, ratio, left, right}: the track runs from left to right */
  setData(scene, theme, box) {
    Object.assign(this, { scene, theme, box });
    const { width, unit, ratio, left, right } = box;
    fitCanvas(this.canvas, width, RATES_HEIGHT * unit, ratio);
    const size = [Math.round((right - left) * ratio), Math.round(TRACK.height * unit * ratio)];
    this.image = scene.strip && outcomeImage(scene.strip, scene.strip.length, 1, ...size, theme, ratio);
  }

  at(share) {
    return this.box.left + share * (this.box.right - this.box.left);
  }

  paint(value) {
    const {
      ctx,
      scene,
      theme,
      image,
      box: { width, unit, ratio, left, right },
    } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, RATES_HEIGHT * unit);
    const [top, high] = [TRACK.top * unit, TRACK.height * unit];
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(left, top, right - left, high, 4 * unit);
    ctx.clip();
    if (image) ctx.drawImage(image, left, top, right - left, high);
    else {
      ctx.fillStyle = theme.track;
      ctx.fillRect(left, top, right - left, high);
    }
    ctx.restore();
    this.words(top, high);
    drawMarker(
      ctx,
      "circle",
      this.at(shareOf(scene.rate, value)),
      top + high / 2,
      THUMB * unit,
      theme.accent,
      theme.background,
      3 * unit,
    );
  }

  words(top, high) {
    const {
      ctx,
      scene,
      theme,
      box: { unit, left, right },
    } = this;
    const taken = [];
    const fits = (from, to) =>
      from >= 4 * unit &&
      to <= this.box.width - 4 * unit &&
      !taken.some(([a, b]) => from < b + 6 * unit && a < to + 6 * unit);
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillStyle = theme.ink;
    ctx.font = `600 ${13.5 * unit}px ${FONT}`;
    scene.zones.forEach(({ low, high: to, name }, k) => {
      const [from, until] = [this.at(shareOf(scene.rate, low)), this.at(shareOf(scene.rate, to))];
      const free = Math.max(left, ...taken.map(([, end]) => end + 7 * unit));
      // A name begins above its own zone, beside the one before, and may reach beyond; where it cannot, its number stands.
      for (const text of [`${k + 1}  ${name}`, `${k + 1}`]) {
        const size = ctx.measureText(text).width;
        const x = Math.max(free, Math.min(right - size, (from + until - size) / 2));
        if ((text.length > 2 && x + Math.min(size, 14 * unit) > until + size / 2) || !fits(x, x + size))
          continue;
        ctx.fillText(text, x, top - 11 * unit);
        taken.push([x, x + size]);
        break;
      }
    });
    taken.length = 0;
    for (const { at, name } of scene.marks) {
      const x = this.at(shareOf(scene.rate, at));
      ctx.fillStyle = theme.background;
      ctx.fillRect(x - 2 * unit, top - 3 * unit, 4 * unit, high + 6 * unit);
      ctx.fillStyle = theme.ink;
      ctx.fillRect(x - unit, top - 4 * unit, 2 * unit, high + 10 * unit);
      ctx.font = `600 ${13 * unit}px ${FONT}`;
      const wide = ctx.measureText(trueMinus(name)).width;
      const from = Math.min(this.box.width - wide - 6 * unit, Math.max(6 * unit, x - wide / 2));
      if (!fits(from, from + wide)) continue;
      ctx.fillText(trueMinus(name), from, top + high + 17 * unit);
      taken.push([from, from + wide]);
    }
    ctx.font = `400 ${13 * unit}px ${FONT}`;
    for (const { share, text } of rateTicks(scene.rate)) {
      const x = this.at(share);
      ctx.fillStyle = theme.muted;
      ctx.fillRect(x - unit / 2, top + high + 2 * unit, unit, 5 * unit);
      const wide = ctx.measureText(text).width;
      if (!fits(x - wide / 2, x + wide / 2)) continue;
      ctx.fillText(text, x - wide / 2, top + high + 17 * unit);
      taken.push([x - wide / 2, x + wide / 2]);
    }
  }
}
