// The contour's ground: every pixel interpolated from the grid and painted through one table of colours.
import { LOOK } from "../shared/look.js";
import { colourAt } from "../shared/scale.js";

const TABLE = 4096;

/** 32-bit pixels for t in [0, 1], drawn towards the middle of their bands as the map draws them. */
function colourTable(theme, scale) {
  const pixels = new Uint32Array(TABLE + 1);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  for (let k = 0; k <= TABLE; k += 1) {
    bytes.set([...colourAt(theme, scale.painted(k / TABLE, LOOK.bands.plane)), 255], 4 * k);
  }
  return pixels;
}

/** For each pixel along one axis, the grid index below it and the share of the next. */
function stops(count, size, first, last) {
  const index = new Int32Array(count);
  const part = new Float64Array(count);
  for (let p = 0; p < count; p += 1) {
    const at = first + ((p + 0.5) / count) * (last - first);
    index[p] = Math.min(size - 2, Math.max(0, Math.floor(at)));
    part[p] = at - index[p];
  }
  return { index, part };
}

/** Paint t (NaN = a hole, left transparent) of an nx * ny grid into a canvas of device pixels. */
export function rasterize(canvas, heights, nx, ny, viewport, scale, theme) {
  const ctx = canvas.getContext("2d");
  const { width, height } = canvas;
  ctx.clearRect(0, 0, width, height);
  if (nx < 2 || ny < 2) return;
  const table = colourTable(theme, scale);
  const image = ctx.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const { u, v, k } = viewport;
  const columns = stops(width, nx, u * (nx - 1), (u + 1 / k) * (nx - 1));
  const rows = stops(height, ny, (v + 1 / k) * (ny - 1), v * (ny - 1));
  for (let q = 0, at = 0; q < height; q += 1) {
    const j = rows.index[q];
    const up = rows.part[q];
    for (let p = 0; p < width; p += 1, at += 1) {
      const node = columns.index[p] * ny + j;
      const left = heights[node] + (heights[node + 1] - heights[node]) * up;
      const right = heights[node + ny] + (heights[node + ny + 1] - heights[node + ny]) * up;
      const t = left + (right - left) * columns.part[p];
      if (t === t) pixels[at] = table[t <= 0 ? 0 : t >= 1 ? TABLE : (t * TABLE) | 0];
    }
  }
  ctx.putImageData(image, 0, 0);
}

/** The hatching that shows through the holes: 45 degrees, 8 px apart. */
export function hatch(ctx, width, height, theme, unit) {
  ctx.fillStyle = theme.hole;
  ctx.fillRect(0, 0, width, height);
  ctx.strokeStyle = theme.hatch;
  ctx.lineWidth = 1.5 * unit;
  ctx.setLineDash([]);
  ctx.beginPath();
  const pitch = 8 * Math.SQRT2 * unit;
  for (let x = -height; x < width; x += pitch) {
    ctx.moveTo(x, height);
    ctx.lineTo(x + height, 0);
  }
  ctx.stroke();
}
