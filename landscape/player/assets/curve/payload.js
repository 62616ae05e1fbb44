// The packed curve: height and slope along the window, the runs on it, and the ends of all rates and starts.
import { floats, openMessage } from "../shared/message.js";

const VERSION = 1;

/**
 * Where a control stands in the logarithm of its range, from 0 to 1, and back.
 * @type {(range: Range, value: number) => number}
 */
export const shareOf = ({ low, high }, value) => Math.log(value / low) / Math.log(high / low);
/** @type {(range: Range, share: number) => number} */
export const rateAt = ({ low, high }, share) =>
  Number((low * (high / low) ** Math.min(1, Math.max(0, share))).toPrecision(3));

/**
 * The header with typed-array views; each ball has its `path`; `trail(share)` is the run at a rate of the slider.
 * @param {unknown} data
 */
export function decodeCurve(data) {
  const message = openMessage(data, VERSION);
  if (message === null) return null;
  const { header, blob } = message;
  /** @type {(name: string) => Float32Array | null} */
  const array = (name) =>
    header.arrays[name] ? floats(blob, header.arrays[name][0], header.arrays[name][1]) : null;
  /** @type {(name: string) => Uint8Array | null} */
  const bytes = (name) => {
    const [offset, length] = header.arrays[name] ?? [];
    return length === undefined ? null : blob.subarray(offset, offset + length);
  };
  const paths = array("paths");
  const frames = header.steps + 1;
  /** @type {(paths: Float32Array) => (share: number) => { path: Float32Array, end: number }} */
  const trail = (paths) => (share) => {
    const many = paths.length / frames;
    const k = Math.round(Math.min(1, Math.max(0, share)) * (many - 1));
    return run(paths.subarray(k * frames, (k + 1) * frames));
  };
  return {
    ...header,
    height: array("height"),
    slope: array("slope"),
    balls: header.balls.map((/** @type {object} */ ball, /** @type {number} */ k) => ({
      ...ball,
      path: array(`path:${k}`),
      slopes: array(`slope:${k}`),
      moves: array(`move:${k}`),
    })),
    trail: paths ? trail(paths) : null,
    strip: bytes("strip"),
    gridCodes: bytes("grid"),
  };
}

/**
 * A run that is shown until its answer comes: its slopes are read off the curve, its steps off its places.
 * @param {Float32Array} path
 */
function run(path) {
  const lost = path.findIndex((x) => !Number.isFinite(x));
  return { path, end: lost < 0 ? path.length - 1 : Math.max(0, lost - 1), slopes: null, moves: null };
}

/**
 * The slope at a ball's place after k steps.
 * @param {CurveScene} scene
 * @param {Ball} ball
 * @param {number} k
 */
export const slopeOf = (scene, { path, slopes }, k) => slopes?.[k] ?? along(scene, scene.slope, path[k]);

/**
 * The step a ball takes after k steps.
 * @param {Ball} ball
 * @param {number} k
 */
export const moveOf = ({ path, moves }, k) => moves?.[k] ?? path[k + 1] - path[k];

/**
 * The value of an array along the window at x; NaN outside.
 * @param {Pick<CurveScene, "x">} scene
 * @param {Float32Array} values
 * @param {number} x
 */
export function along(scene, values, x) {
  const [low, high] = scene.x;
  const place = ((x - low) / (high - low)) * (values.length - 1);
  if (!(place >= 0 && place <= values.length - 1)) return NaN;
  const k = Math.min(values.length - 2, Math.floor(place));
  return values[k] + (values[k + 1] - values[k]) * (place - k);
}

/**
 * Gradient descent by the slopes that are known here; it ends where the window does.
 * @param {CurveScene} scene
 * @param {number} rate
 * @param {number} start
 */
export function walk(scene, rate, start) {
  const path = new Float32Array(scene.steps + 1).fill(NaN);
  path[0] = start;
  for (let k = 1; k < path.length; k += 1)
    path[k] = path[k - 1] - rate * along(scene, scene.slope, path[k - 1]);
  return run(path);
}
