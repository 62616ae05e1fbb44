// The terrain's ground: the grid's heights refined to a smooth sheet, and the triangles of a solid block under it.

/** Height of t = 1, and the depth to which the block reaches, for a base of [-1, 1] x [-1, 1]. */
export const HEIGHT = 0.46;
export const FLOOR = -0.07;
/** Fine nodes along an axis: facets and lines turn smooth, and software rendering still follows the hand. */
const FINE = 160;
/** x, y, z, normal, t of one vertex. */
export const STRIDE = 7;
export const WALL = -1;

/** Catmull-Rom weights of four equally spaced nodes. */
function weights(u) {
  return [
    0.5 * u * (u * (2 - u) - 1),
    0.5 * (u * u * (3 * u - 5) + 2),
    0.5 * u * (u * (4 - 3 * u) + 1),
    0.5 * u * u * (u - 1),
  ];
}

/** The weights beside a rim, beyond which the sheet is continued straight. */
function atRim([a, b, c, d], k, last) {
  if (k === 0) [a, b, c] = [0, b + 2 * a, c - a];
  if (k === last - 1) [b, c, d] = [b - d, c + 2 * d, 0];
  return [a, b, c, d];
}

/** A grid of t in [0, 1] (NaN in a hole), read at any place of the base. */
export class Sheet {
  /** @param heights t at nx * ny nodes, row i is the i-th x; unclamped, NaN where the loss is not finite */
  constructor(heights, nx, ny) {
    const factor = Math.max(1, Math.round(FINE / (Math.max(nx, ny) - 1)));
    Object.assign(this, { coarse: heights, cx: nx, cy: ny, factor });
    Object.assign(this, { nx: (nx - 1) * factor + 1, ny: (ny - 1) * factor + 1 });
    this.empty = nx < 2 || ny < 2 || !heights.some(Number.isFinite);
    this.whole = !this.empty && heights.every(Number.isFinite);
    this.t = new Float32Array(this.empty ? 0 : this.nx * this.ny);
    if (this.empty) return;
    const parts = Array.from({ length: factor }, (_, k) => weights(k / factor));
    for (let i = 0; i < this.nx; i += 1) {
      for (let j = 0; j < this.ny; j += 1)
        this.t[i * this.ny + j] = Math.min(1, Math.max(0, this.refine(i, j, parts)));
    }
  }

  /** A cell carries ground when its four corners do. A hole is never filled from its neighbours. */
  solid(i, j) {
    const { coarse, cx, cy } = this;
    if (i < 0 || j < 0 || i >= cx - 1 || j >= cy - 1) return false;
    const at = i * cy + j;
    return Number.isFinite(coarse[at] + coarse[at + 1] + coarse[at + cy] + coarse[at + cy + 1]);
  }

  solidFine(i, j) {
    return this.solid(Math.floor(i / this.factor), Math.floor(j / this.factor));
  }

  /** The node's t: cubic where sixteen nodes are known, else linear in one of the cells that meet here. */
  refine(fi, fj, parts) {
    const { factor, coarse, cy } = this;
    const [i, j] = [Math.floor(fi / factor), Math.floor(fj / factor)];
    const [p, q] = [fi % factor, fj % factor];
    for (const [ci, cj] of [
      [i, j],
      [i - 1, j],
      [i, j - 1],
      [i - 1, j - 1],
    ]) {
      if ((ci < i && p) || (cj < j && q) || !this.solid(ci, cj)) continue;
      const cubic = p || q ? this.cubic(i, j, parts[p], parts[q]) : coarse[i * cy + j];
      return Number.isFinite(cubic) ? cubic : this.linear(ci, cj, fi / factor - ci, fj / factor - cj);
    }
    return NaN;
  }

  linear(i, j, u, v) {
    const { coarse, cy } = this;
    const at = i * cy + j;
    const left = coarse[at] + (coarse[at + 1] - coarse[at]) * v;
    const right = coarse[at + cy] + (coarse[at + cy + 1] - coarse[at + cy]) * v;
    return left + (right - left) * u;
  }

  /** Never beyond the sixteen nodes' own range: smoothing must not dig a valley that is not there. */
  cubic(i, j, across, upward) {
    const { coarse, cx, cy } = this;
    const [wx, wy] = [atRim(across, i, cx - 1), atRim(upward, j, cy - 1)];
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let a = -1; a < 3; a += 1) {
      const row = Math.min(cx - 1, Math.max(0, i + a)) * cy;
      for (let b = -1; b < 3; b += 1) {
        const value = coarse[row + Math.min(cy - 1, Math.max(0, j + b))];
        sum += wx[a + 1] * wy[b + 1] * value;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return Math.min(high, Math.max(low, sum));
  }

  /** Height of the ground above the base at (x, y) in [-1, 1]; NaN off the base and in holes. */
  height(x, y) {
    const i = ((x + 1) / 2) * (this.nx - 1);
    const j = ((y + 1) / 2) * (this.ny - 1);
    if (this.empty || !(i >= 0 && j >= 0 && i <= this.nx - 1 && j <= this.ny - 1)) return NaN;
    const [a, b] = [Math.min(this.nx - 2, Math.floor(i)), Math.min(this.ny - 2, Math.floor(j))];
    if (!this.solidFine(a, b)) return NaN;
    const { t, ny } = this;
    const at = a * ny + b;
    const left = t[at] + (t[at + 1] - t[at]) * (j - b);
    const right = t[at + ny] + (t[at + ny + 1] - t[at + ny]) * (j - b);
    return HEIGHT * (left + (right - left) * (i - a));
  }
}

/** Slope of the ground at node k along one axis, in steps of `stride`, from whichever neighbours exist. */
function slope(t, k, stride, index, count) {
  const before = index > 0 && t[k - stride] === t[k - stride] ? k - stride : k;
  const after = index < count - 1 && t[k + stride] === t[k + stride] ? k + stride : k;
  if (before === after) return 0;
  return (HEIGHT * (t[after] - t[before]) * stride * (count - 1)) / (2 * (after - before));
}

/** @returns an object: {vertices, indices}: the sheet, then the walls along its rim and along the rims of its holes */
export function buildMesh(sheet) {
  if (sheet.empty) return { vertices: new Float32Array(0), indices: new Uint32Array(0) };
  const { nx, ny, t } = sheet;
  const vertices = [];
  const indices = [];
  const place = (i, j) => [-1 + (2 * i) / (nx - 1), -1 + (2 * j) / (ny - 1)];
  for (let i = 0; i < nx; i += 1) {
    for (let j = 0; j < ny; j += 1) {
      const k = i * ny + j;
      const [gx, gy] = [slope(t, k, ny, i, nx), slope(t, k, 1, j, ny)];
      const length = Math.hypot(gx, gy, 1);
      const [x, y] = place(i, j);
      vertices.push(x, y, HEIGHT * t[k], -gx / length, -gy / length, 1 / length, t[k]);
    }
  }
  const wall = (from, to, normal) => {
    const first = vertices.length / STRIDE;
    for (const [i, j] of [from, to]) {
      const [x, y] = place(i, j);
      vertices.push(x, y, HEIGHT * t[i * ny + j], ...normal, 0, WALL, x, y, FLOOR, ...normal, 0, WALL);
    }
    indices.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
  };
  for (let i = 0; i < nx - 1; i += 1) {
    for (let j = 0; j < ny - 1; j += 1) {
      if (!sheet.solidFine(i, j)) continue;
      const k = i * ny + j;
      indices.push(k, k + ny, k + 1, k + 1, k + ny, k + ny + 1);
      if (!sheet.solidFine(i - 1, j)) wall([i, j], [i, j + 1], [-1, 0]);
      if (!sheet.solidFine(i + 1, j)) wall([i + 1, j], [i + 1, j + 1], [1, 0]);
      if (!sheet.solidFine(i, j - 1)) wall([i, j], [i + 1, j], [0, -1]);
      if (!sheet.solidFine(i, j + 1)) wall([i, j + 1], [i + 1, j + 1], [0, 1]);
    }
  }
  return { vertices: Float32Array.from(vertices), indices: Uint32Array.from(indices) };
}
