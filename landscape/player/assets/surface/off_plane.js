// How far a projected path lies off the picture's plane: the line grows thinner and paler with it.

/** Width and opacity of the line by quarters of the distance that lie off the plane, as shares of the full line's. */
export const GRADES = [
  { width: 1, alpha: 1 },
  { width: 0.78, alpha: 0.92 },
  { width: 0.6, alpha: 0.84 },
  { width: 0.46, alpha: 0.76 },
];

/**
 * The grade of a runner's line at a step, 0 for a path that lies in the plane.
 * @param {Run} runner
 * @param {number} step
 */
export function gradeAt(runner, step) {
  const share = runner.share?.[Math.round(step)];
  return share !== undefined && share > 0
    ? Math.min(GRADES.length - 1, Math.floor(share * GRADES.length))
    : 0;
}

/**
 * The path up to the head in pieces of one grade: {grade, points: [x0, y0, ...], offset}, the length before it.
 * @param {Run} runner
 * @param {Track} track
 * @param {number} step
 * @param {Point} head
 */
export function gradedPieces(runner, track, step, head) {
  /** @type {{ grade: number, points: number[], offset: number }[]} */
  const found = [];
  /** @type {{ grade: number, points: number[], offset: number } | null} */
  let piece = null;
  let length = 0;
  let [lx, ly] = [track.xs[0], track.ys[0]];
  /** @type {(x: number, y: number, grade: number) => void} */
  const add = (x, y, grade) => {
    if (piece?.grade !== grade) {
      piece = { grade, points: [lx, ly], offset: length };
      found.push(piece);
    }
    piece.points.push(x, y);
    length += Math.hypot(x - lx, y - ly);
    [lx, ly] = [x, y];
  };
  let k = 1;
  for (; k < track.count && track.steps[k] <= step; k += 1)
    add(track.xs[k], track.ys[k], gradeAt(runner, track.steps[k]));
  add(head[0], head[1], gradeAt(runner, step));
  return found;
}
