// Marching squares: the lines on which a gridded function takes one value, joined into polylines.

/** Cell cases: bit k is set when corner k is above; corners (0,0) (1,0) (1,1) (0,1); edges bottom right top left. */
/** @type {(number[][] | null)[]} */
const SEGMENTS = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  null,
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  null,
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/** @type {(a: number, b: number, c: number, d: number, level: number) => number} */
const cornersAbove = (a, b, c, d, level) =>
  (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);

/**
 * Both diagonals' ends are alike: the cell's mean decides which pair belongs together.
 * @param {number} corners
 * @param {boolean} meanAbove
 */
function ambiguous(corners, meanAbove) {
  return (corners === 5) === meanAbove
    ? [
        [3, 2],
        [0, 1],
      ]
    : [
        [3, 0],
        [1, 2],
      ];
}

/**
 * @param {Float32Array | Float64Array} values nx * ny, row i is the i-th x; NaN marks a hole, whose cells carry no line
 * @param {number} nx
 * @param {number} ny
 * @param {number} level
 * @returns polylines `{points: Float64Array [i0, j0, i1, j1, ...], closed}` in fractional grid indices
 */
export function isolines(values, nx, ny, level) {
  const links = new Int32Array(4 * nx * ny).fill(-1);
  /** @type {number[]} */
  const touched = [];
  /** @type {(from: number, to: number) => void} */
  const connect = (from, to) => {
    const free = links[2 * from] < 0 ? 2 * from : 2 * from + 1;
    if (free === 2 * from) touched.push(from);
    links[free] = to;
  };
  for (let i = 0; i + 1 < nx; i += 1) {
    for (let j = 0; j + 1 < ny; j += 1) {
      const node = i * ny + j;
      const a = values[node],
        b = values[node + ny],
        c = values[node + ny + 1],
        d = values[node + 1];
      const mean = (a + b + c + d) / 4;
      if (Number.isNaN(mean)) continue;
      const corners = cornersAbove(a, b, c, d, level);
      const segments = SEGMENTS[corners] ?? ambiguous(corners, mean >= level);
      // An even edge runs from its node along x, an odd one along y.
      const edges = [2 * node, 2 * (node + ny) + 1, 2 * (node + 1), 2 * node + 1];
      for (const [p, q] of segments) {
        connect(edges[p], edges[q]);
        connect(edges[q], edges[p]);
      }
    }
  }
  return join(links, touched, (edge) => crossing(values, ny, level, edge));
}

/**
 * Call emit(i0, j0, i1, j1) for every straight piece, not joined: for lines that are drawn anew in each frame.
 * @param {Float32Array | Float64Array} values
 * @param {number} nx
 * @param {number} ny
 * @param {number} level
 * @param {(i0: number, j0: number, i1: number, j1: number) => void} emit
 */
export function pieces(values, nx, ny, level, emit) {
  for (let i = 0; i + 1 < nx; i += 1) {
    for (let j = 0; j + 1 < ny; j += 1) {
      const node = i * ny + j;
      const a = values[node],
        b = values[node + ny],
        c = values[node + ny + 1],
        d = values[node + 1];
      const corners = cornersAbove(a, b, c, d, level);
      if (corners === 0 || corners === 15) continue;
      const mean = (a + b + c + d) / 4;
      if (Number.isNaN(mean)) continue;
      const edges = [2 * node, 2 * (node + ny) + 1, 2 * (node + 1), 2 * node + 1];
      for (const [p, q] of SEGMENTS[corners] ?? ambiguous(corners, mean >= level)) {
        emit(...crossing(values, ny, level, edges[p]), ...crossing(values, ny, level, edges[q]));
      }
    }
  }
}

/**
 * @param {Float32Array | Float64Array} values
 * @param {number} ny
 * @param {number} level
 * @param {number} edge
 * @returns {Point}
 */
function crossing(values, ny, level, edge) {
  const node = edge >> 1;
  const alongX = edge % 2 === 0;
  const from = values[node];
  const to = values[alongX ? node + ny : node + 1];
  const part = (level - from) / (to - from);
  const i = Math.floor(node / ny);
  const j = node % ny;
  return alongX ? [i + part, j] : [i, j + part];
}

/**
 * Walk along linked edges: open lines first from their loose ends, then the closed ones.
 * @param {Int32Array} links
 * @param {number[]} touched
 * @param {(edge: number) => Point} place
 */
function join(links, touched, place) {
  /** @type {Set<number>} */
  const seen = new Set();
  /** @type {{ points: Float64Array, closed: boolean }[]} */
  const lines = [];
  /** @type {(start: number, closed: boolean) => void} */
  const walk = (start, closed) => {
    /** @type {number[]} */
    const points = [];
    let edge = start;
    while (edge >= 0 && !seen.has(edge)) {
      seen.add(edge);
      points.push(...place(edge));
      const next = links[2 * edge];
      edge = next >= 0 && !seen.has(next) ? next : links[2 * edge + 1];
    }
    if (closed) points.push(points[0], points[1]);
    if (points.length > 2) lines.push({ points: Float64Array.from(points), closed });
  };
  for (const edge of touched) if (links[2 * edge + 1] < 0 && !seen.has(edge)) walk(edge, false);
  for (const edge of touched) if (!seen.has(edge)) walk(edge, true);
  return lines;
}
