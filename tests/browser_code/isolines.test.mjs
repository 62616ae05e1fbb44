// Contour lines: the same straight pieces, joined into as many lines, as the library's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset, golden } from "./golden.mjs";

const { isolines, pieces } = await asset("surface/isolines.js");

const place = ([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`;
const piece = (from, to) => [place(from), place(to)].sort().join(" to ");
const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]);
const cut = (lines) => lines.flatMap((line) => line.slice(1).map((point, k) => piece(line[k], point))).sort();

for (const { name, nx, ny, values, level, lines } of golden("isolines")) {
  const field = Float64Array.from(values, (value) => value ?? NaN);
  const found = isolines(field, nx, ny, level);

  test(`${name}: the library's lines`, () => {
    assert.deepEqual(cut(found.map(({ points }) => pairs(points))), cut(lines));
    assert.equal(found.length, lines.length);
    const closed = lines.filter((line) => place(line[0]) === place(line.at(-1)));
    assert.equal(found.filter((line) => line.closed).length, closed.length);
  });

  test(`${name}: the same pieces without joining`, () => {
    const emitted = [];
    pieces(field, nx, ny, level, (i, j, k, l) => emitted.push(piece([i, j], [k, l])));
    assert.deepEqual(emitted.sort(), cut(lines));
  });
}
