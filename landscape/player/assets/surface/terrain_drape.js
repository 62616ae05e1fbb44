// A runner's path laid on the ground: its steps are straight on the map, so over a hill they follow the hill.
import { gradeAt } from "./off_plane.js";
import { pointAt } from "./track.js";

/** Longest piece of a path that is drawn straight, and shortest that is told apart, on a base of [-1, 1]. */
const PIECE = 0.03;
const NEAR = 0.002;

const within = (x, y) => Math.abs(x) <= 1 && Math.abs(y) <= 1;

/** The part [from, to] of the segment a to b that lies on the base (Liang and Barsky), or null. A leap from outside to
 * outside is left out too: it never set foot on this ground. */
function onBase(ax, ay, bx, by) {
  if (!within(ax, ay) && !within(bx, by)) return null;
  let from = 0;
  let to = 1;
  for (const [p, q] of [
    [ax - bx, ax + 1],
    [bx - ax, 1 - ax],
    [ay - by, ay + 1],
    [by - ay, 1 - ay],
  ]) {
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
  }
  return [from, Math.max(from, to)];
}

export class Drape {
  /** @param base maps the surface's (x, y) to the base; vertices off the ground are NaN and part the line */
  constructor(runner, sheet, base) {
    Object.assign(this, { runner, sheet, base });
    const { path } = runner;
    // Once it left for good a run is not followed: what it leaps over afterwards it never visits.
    const end = Math.min(runner.end, runner.left ?? runner.end);
    this.end = end;
    const [steps, places] = [[], []];
    let last = [NaN, NaN];
    const add = (step, x, y) => {
      steps.push(step);
      places.push(x, y, sheet.height(x, y));
      last = [x, y];
    };
    let [ax, ay] = base(path[0], path[1]);
    let kept = 0;
    for (let k = 1; k <= end; k += 1) {
      const [bx, by] = base(path[2 * k], path[2 * k + 1]);
      if (!Number.isFinite(bx + by)) break;
      if (k < end && Math.abs(bx - ax) + Math.abs(by - ay) < NEAR) continue;
      const part = onBase(ax, ay, bx, by);
      if (part) {
        const [from, to] = part;
        const reach = (to - from) * Math.hypot(bx - ax, by - ay);
        const pieces = Math.max(1, Math.ceil(reach / PIECE));
        if (from > 0 && steps.length) add(kept + from * (k - kept), NaN, NaN);
        for (let p = steps.length && last[0] === ax && last[1] === ay ? 1 : 0; p <= pieces; p += 1) {
          const share = from + ((to - from) * p) / pieces;
          add(kept + share * (k - kept), ax + share * (bx - ax), ay + share * (by - ay));
        }
      }
      [ax, ay, kept] = [bx, by, k];
    }
    this.steps = Float64Array.from(steps);
    this.places = Float64Array.from(places);
    this.grades = Uint8Array.from(steps, (step) => gradeAt(runner, step));
  }

  /** Screen places and visibility of every vertex, for one camera. */
  project(camera, sight) {
    const count = this.steps.length;
    this.screen = new Float64Array(2 * count);
    this.seen = new Uint8Array(count);
    for (let k = 0; k < count; k += 1) {
      const [x, y, z] = this.places.subarray(3 * k, 3 * k + 3);
      this.screen.set(Number.isFinite(z) ? camera.project(x, y, z) : [NaN, NaN], 2 * k);
      this.seen[k] = Number.isFinite(z) && sight.sees(x, y) ? 1 : 0;
    }
  }

  /** The head at a fractional step: {px, py, seen}, or null when it is not on the ground. */
  head(step, camera, sight) {
    const [x, y] = this.base(...pointAt(this.runner, step));
    const z = this.sheet.height(x, y);
    if (!Number.isFinite(z)) return null;
    const [px, py] = camera.project(x, y, z);
    return { px, py, seen: sight.sees(x, y) };
  }

  /**
   * Polylines up to the head: `{seen, grade, points: [x0, y0, x1, y1, ...], offset}`, where offset is the length in px
   * of what comes before, so that dashes run on where a hill hides the line or its grade changes.
   */
  strokes(step, head) {
    const found = [];
    let current = null;
    let length = 0;
    let [lx, ly] = [NaN, NaN];
    const add = (x, y, seen, grade) => {
      if (!Number.isFinite(x)) {
        current = null;
      } else if (current?.seen === seen && current.grade === grade) {
        current.points.push(x, y);
        length += Math.hypot(x - lx, y - ly);
      } else {
        const before = current ? [lx, ly] : [];
        current = { seen, grade, points: [...before, x, y], offset: length };
        if (before.length) length += Math.hypot(x - lx, y - ly);
        found.push(current);
      }
      [lx, ly] = [x, y];
    };
    for (let k = 0; k < this.steps.length && this.steps[k] <= step; k += 1) {
      add(this.screen[2 * k], this.screen[2 * k + 1], this.seen[k] === 1, this.grades[k]);
    }
    if (head) add(head.px, head.py, head.seen, gradeAt(this.runner, step));
    return found;
  }
}
