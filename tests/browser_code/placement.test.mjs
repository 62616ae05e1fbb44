// Names beside their heads: apart from each other and from what is taken, or not at all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset } from "./golden.mjs";

const { Placement } = await asset("surface/placement.js");
const { themeFor } = await asset("shared/theme.js");

const VIEW = { theme: themeFor(false), unit: 1, viewport: { width: 400, height: 200 } };
const label = (key, x, y) => ({ key, x, y, text: key, colour: "#000000", leader: "#000000", reach: 8 });

/** A canvas on which every letter is 8 px wide; `written` are the boxes of the words. */
function canvas() {
  const written = [];
  const known = {
    font: "14px sans-serif",
    measureText: (text) => ({ width: 8 * text.length }),
    fillText: (text, x, y) => written.push({ text, box: [x, y - 8, x + 8 * text.length, y + 8] }),
  };
  return {
    written,
    ctx: new Proxy(known, { get: (target, name) => target[name] ?? (() => {}), set: () => true }),
  };
}

const apart = (a, b) => a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];

test("eight names at one place are all written, none over another", () => {
  const { ctx, written } = canvas();
  const names = Array.from({ length: 8 }, (_, k) => label(`Rule ${k}`, 200, 100));
  new Placement().paint(ctx, names, [], VIEW);
  assert.equal(written.length, 8);
  written.forEach(({ box }, k) => written.slice(0, k).forEach((other) => assert.ok(apart(box, other.box))));
});

test("a name stays off what is taken and inside the picture", () => {
  const { ctx, written } = canvas();
  const taken = [210, 80, 300, 120];
  new Placement().paint(ctx, [label("SGD", 200, 100), label("Adam", 398, 100)], [taken], VIEW);
  assert.equal(written.length, 2);
  for (const { box } of written) assert.ok(apart(box, taken) && box[0] >= 4 && box[2] <= 396);
});

test("where all is full a name is left out", () => {
  const { ctx, written } = canvas();
  new Placement().paint(ctx, [label("SGD", 200, 100)], [[0, 0, 400, 200]], VIEW);
  assert.deepEqual(written, []);
});

test("a name keeps its side while there is room", () => {
  const placement = new Placement();
  const first = canvas();
  placement.paint(first.ctx, [label("SGD", 200, 100)], [[205, 60, 300, 140]], VIEW);
  const second = canvas();
  placement.paint(second.ctx, [label("SGD", 200, 100)], [], VIEW);
  assert.deepEqual(second.written, first.written);
});
