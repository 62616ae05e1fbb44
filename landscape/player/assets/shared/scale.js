// From loss to t in [0, 1], from t to colour. Every view asks here, so that all of them agree.
import { number, percent } from "./format.js";
import { rgb } from "./theme.js";

/**
 * Loss in the relief's units: t is 0 at the lowest value, 1 at the 99.5 % quantile; log when the header says so.
 * An accuracy is drawn upside down, from the highest one: deep and dark is good there as well.
 */
export class Scale {
  /** @param {Pick<Surface, "scale" | "levels">} surface of a header */
  constructor(surface) {
    const { kind, low, range, scale, open_top: openTop, metric } = surface.scale;
    this.kind = kind;
    this.low = low ?? 0;
    this.range = range ?? 0;
    this.openTop = openTop;
    this.sign = metric === "accuracy" ? -1 : 1;
    this.unit = kind === "log" && scale !== null && scale > 0 ? scale : null;
    if (this.unit === null && kind === "log") this.kind = "linear";
    if (!(this.range > 0)) this.kind = "constant";
    this.width = this.unit === null ? this.range : Math.log1p(this.range / this.unit);
    this.levels = (surface.levels ?? []).filter((level) => Number.isFinite(level.value));
    const edges = this.levels.map((level) => this.t(level.value)).filter((t) => t > 0 && t < 1);
    this.edges = [0, ...edges.sort((p, q) => p - q), 1];
  }

  /**
   * t without the clamp, for interpolation; NaN where the loss is not finite.
   * @param {number} loss
   */
  raw(loss) {
    if (!Number.isFinite(loss)) return NaN;
    if (this.kind === "constant") return 0;
    const above = this.sign * (loss - this.low);
    // Below the grid's lowest value the logarithm is continued by its tangent: a path may find such a point.
    if (this.unit === null || above < 0) return above / (this.unit ?? 1) / this.width;
    return Math.log1p(above / this.unit) / this.width;
  }

  /** @param {number} loss */
  t(loss) {
    return Math.min(1, Math.max(0, this.raw(loss)));
  }

  /** @param {number} t */
  loss(t) {
    if (this.kind === "constant") return this.low;
    return (
      this.low + this.sign * (this.unit === null ? t * this.range : this.unit * Math.expm1(t * this.width))
    );
  }

  /**
   * The middle of the band between two levels in which t lies.
   * @param {number} t
   */
  bandCentre(t) {
    let k = 1;
    while (k < this.edges.length - 1 && t >= this.edges[k]) k += 1;
    return (this.edges[k - 1] + this.edges[k]) / 2;
  }

  /**
   * The shade of a height: t, drawn towards the middle of its band by `share`, as the library's scale draws it.
   * @param {number} t
   * @param {number} share
   */
  painted(t, share) {
    return (1 - share) * t + share * this.bandCentre(t);
  }
}

/**
 * Whether a scene's values are accuracies, written in per cent.
 * @param {Scene} scene
 */
export function isAccuracy(scene) {
  return scene.surface.scale.metric === "accuracy";
}

/**
 * @param {Scene} scene
 * @param {number} value
 */
export function valueText(scene, value, digits = 3) {
  return isAccuracy(scene) ? percent(value, digits) : number(value, digits);
}

/**
 * [r, g, b] in 0..255 of the theme's seven equal stops.
 * @param {Theme} theme
 * @param {number} t
 */
export function colourAt(theme, t) {
  const last = theme.stops.length - 1;
  const place = Math.min(1, Math.max(0, t)) * last;
  const k = Math.min(last - 1, Math.floor(place));
  const from = rgb(theme.stops[k]);
  const to = rgb(theme.stops[k + 1]);
  return from.map((value, i) => value + (to[i] - value) * (place - k));
}

/**
 * @param {Theme} theme
 * @param {number} t
 */
export function cssColour(theme, t) {
  return `rgb(${colourAt(theme, t).map(Math.round).join(",")})`;
}
