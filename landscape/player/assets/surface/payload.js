// The packed scene: a surface and the runs on it, every array in float32.
import { floats, openMessage } from "../shared/message.js";

const VERSION = 1;

/**
 * The last step before the first point that is not finite, at most `last`.
 * @param {Float32Array} path
 * @param {number} last
 */
function lastFinite(path, last) {
  for (let k = 0; k <= last; k += 1)
    if (!Number.isFinite(path[2 * k] + path[2 * k + 1])) return Math.max(0, k - 1);
  return Math.max(0, last);
}

/**
 * @param {Message["header"]} header
 * @param {Message["header"]} runner
 * @param {(name: string) => Float32Array | null} array
 */
function runnerOf(header, runner, array) {
  const path = array(`path:${runner.id}`) ?? new Float32Array(0);
  const loss = array(`loss:${runner.id}`) ?? new Float32Array(0);
  const known = Math.min(path.length >> 1, loss.length) - 1;
  return {
    ...runner,
    path,
    loss,
    gradient: array(`gradient:${runner.id}`),
    velocity: runner.velocity ? array(`velocity:${runner.id}`) : null,
    off: array(`off:${runner.id}`),
    share: array(`share:${runner.id}`),
    beneath: array(`beneath:${runner.id}`),
    end: lastFinite(path, Math.min(runner.end ?? header.steps, known)),
  };
}

/**
 * The header with typed-array views: `grid` (nx * ny, row i is x_i) and, for each runner, `path`, `loss`, `gradient`,
 * `velocity`, `off`, `share` and `beneath` (null where absent). Throws on anything that is not a payload of this version.
 * @param {unknown} data
 */
export function decode(data) {
  const message = openMessage(data, VERSION);
  if (message === null) return null;
  const { header, blob } = message;
  /** @type {(name: string) => Float32Array | null} */
  const array = (name) => {
    const [offset, length] = header.arrays[name] ?? [];
    return length === undefined ? null : floats(blob, 4 * offset, length);
  };
  const grid = array("grid") ?? new Float32Array(0);
  return {
    ...header,
    steps: Math.max(0, header.steps ?? 0),
    grid,
    runners: header.runners.map((/** @type {Message["header"]} */ runner) => runnerOf(header, runner, array)),
  };
}

/**
 * The step of a row: the row itself unless the path was thinned.
 * @param {Pick<Scene, "steps_at"> | null} scene
 * @param {number} row
 */
export function stepAt(scene, row) {
  return scene?.steps_at?.[row] ?? row;
}

/**
 * Whether nothing moves on the surface: then there is nothing to play.
 * @param {Scene} scene
 */
export function isStill(scene) {
  return scene.runners.length === 0 && !scene.start;
}

/**
 * Whether two scenes stand on the same ground, so that its pictures can be kept.
 * @param {Scene | null} a
 * @param {Scene | null} b
 */
export function sameSurface(a, b) {
  if (!a || !b || a.grid.length !== b.grid.length) return false;
  if (JSON.stringify(a.surface) !== JSON.stringify(b.surface)) return false;
  for (let k = 0; k < a.grid.length; k += 1) {
    if (a.grid[k] !== b.grid[k] && !(Number.isNaN(a.grid[k]) && Number.isNaN(b.grid[k]))) return false;
  }
  return true;
}
