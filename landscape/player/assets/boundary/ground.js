// Regions of a classifier: each place in the colour of its likeliest class, the surer the stronger, and their borders.
import { HOLE, STEPS } from "./payload.js";
import { pieces } from "../surface/isolines.js";
import { rgb } from "../shared/theme.js";

/** How strong a class's colour is where the classifier is least certain of it. */
const FAINT = 0.2;

/** 32-bit pixels for each class at each byte of its probability. */
export function colourTable(theme, count) {
  const pixels = new Uint32Array(count * 256);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  const ground = rgb(theme.background);
  for (let k = 0; k < count; k += 1) {
    const full = rgb(theme.classes[k].region);
    for (let step = 0; step < 256; step += 1) {
      const sure = Math.min(1, Math.max(0, (step / STEPS - 1 / count) / (1 - 1 / count)));
      const strength = FAINT + (1 - FAINT) * sure;
      bytes.set(
        [...ground.map((value, i) => value + (full[i] - value) * strength), 255],
        4 * (256 * k + step),
      );
    }
  }
  return pixels;
}

/** For each of `count` samples along an axis of `size` nodes, the node below it and the share of the next. */
function samples(count, size) {
  const index = new Int32Array(count);
  const part = new Float32Array(count);
  for (let p = 0; p < count; p += 1) {
    const at = (p * (size - 1)) / (count - 1);
    index[p] = Math.min(size - 2, Math.floor(at));
    part[p] = at - index[p];
  }
  return { index, part };
}

export class Regions {
  /** @param fine samples to a cell of the grid, in each direction */
  constructor({ nx, ny }, classes, fine) {
    Object.assign(this, { nx, ny, classes, kept: classes - 1 });
    Object.assign(this, { width: (nx - 1) * fine + 1, height: (ny - 1) * fine + 1 });
    this.columns = samples(this.width, nx);
    this.rows = samples(this.height, ny);
    this.nodes = new Float32Array(nx * ny * this.kept);
    this.across = new Float32Array(this.width * ny * this.kept);
    this.field = new Float32Array(nx * ny);
  }

  /** Take the probabilities at a fractional frame: between two frames they are mixed. */
  take(frames, step) {
    const size = this.nodes.length;
    const k = Math.floor(step);
    const part = step - k;
    const from = frames.subarray(k * size, (k + 1) * size);
    const to = part > 0 ? frames.subarray((k + 1) * size, (k + 2) * size) : from;
    for (let n = 0; n < size; n += 1) {
      this.nodes[n] = from[n] === HOLE || to[n] === HOLE ? NaN : from[n] + (to[n] - from[n]) * part;
    }
  }

  /** Paint every sample; a place without a number stays clear. `pixels` has width * height entries, the top row first. */
  paint(pixels, table) {
    const { width, height, ny, kept, nodes, across, columns, rows } = this;
    const line = ny * kept;
    for (let p = 0, at = 0; p < width; p += 1) {
      const node = columns.index[p] * line;
      const part = columns.part[p];
      for (let n = 0; n < line; n += 1, at += 1)
        across[at] = nodes[node + n] + (nodes[node + line + n] - nodes[node + n]) * part;
    }
    for (let q = 0, at = 0; q < height; q += 1) {
      const j = rows.index[height - 1 - q] * kept;
      const part = rows.part[height - 1 - q];
      for (let p = 0; p < width; p += 1, at += 1) {
        const first = p * line + j;
        let best = -1;
        let likeliest = 0;
        let rest = STEPS;
        for (let c = 0; c < kept; c += 1) {
          const value = across[first + c] + (across[first + kept + c] - across[first + c]) * part;
          rest -= value;
          if (value > best) {
            best = value;
            likeliest = c + 1;
          }
        }
        if (rest >= best) {
          best = rest;
          likeliest = 0;
        }
        pixels[at] = rest === rest ? table[256 * likeliest + (best | 0)] : 0;
      }
    }
  }

  /** Trace the borders between regions, in the units of the grid's nodes. */
  borders(emit) {
    const { nx, ny, kept, nodes, field } = this;
    for (let k = 0; k < kept; k += 1) {
      for (let n = 0; n < field.length; n += 1) {
        let rest = STEPS,
          rival = 0;
        for (let c = 0; c < kept; c += 1) {
          const value = nodes[n * kept + c];
          rest -= value;
          if (c !== k && value > rival) rival = value;
        }
        field[n] = nodes[n * kept + k] - Math.max(rival, rest);
      }
      pieces(field, nx, ny, 0, emit);
    }
  }

  /** The probability of every class at a place given in shares of the picture, from its lower left corner. */
  at(u, v) {
    const [x, y] = [u * (this.nx - 1), v * (this.ny - 1)];
    const [i, j] = [Math.min(this.nx - 2, Math.floor(x)), Math.min(this.ny - 2, Math.floor(y))];
    const node = (p, q, c) => this.nodes[((i + p) * this.ny + j + q) * this.kept + c];
    const mix = (a, b, part) => a + (b - a) * part;
    const shares = Array.from({ length: this.kept }, (_, c) => {
      const [left, right] = [
        mix(node(0, 0, c), node(0, 1, c), y - j),
        mix(node(1, 0, c), node(1, 1, c), y - j),
      ];
      return mix(left, right, x - i) / STEPS;
    });
    return [1 - shares.reduce((sum, share) => sum + share, 0), ...shares];
  }
}
