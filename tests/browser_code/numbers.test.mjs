// Numbers: one rule in both languages of the program and in both languages of its readers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset, golden } from "./golden.mjs";

const { fill, number, percent, roundTo, shorten, tickLabel, ticks } = await asset("shared/format.js");
const { ColourBar } = await asset("surface/colour_bar.js");

test("the library writes the same", () => {
  for (const { x, digits, text } of golden("numbers"))
    assert.equal(number(x, digits), text, `${x} to ${digits}`);
});

test("a colour bar writes its ends as its levels", () => {
  assert.equal(number(40000, 2), "40,000");
  const scale = { kind: "linear", low: 0, sign: 1, levels: [], openTop: true, loss: () => 40000, t: () => 0 };
  const labels = ColourBar.prototype.labels.call({}, scale, 300, 1);
  assert.deepEqual(
    labels.map(({ text }) => text),
    ["0", "\u2265 40,000"],
  );
});

test("what is no number is a dash", () => {
  assert.equal(number(NaN), "\u2014");
  assert.equal(percent(Infinity), "\u2014");
  assert.equal(percent(0.1234), "12.3%");
});

test("ticks are round and inside, and tell what their distance asks for", () => {
  const written = (low, high, most) => {
    const { values, digits } = ticks(low, high, most);
    return values.map((value) => tickLabel(value, digits));
  };
  assert.deepEqual(written(-0.31, 0.94, 6), ["0.0", "0.5"]);
  assert.deepEqual(written(0, 4000, 4), ["0", "1,000", "2,000", "3,000", "4,000"]);
  assert.deepEqual(written(0, 1e6, 2), ["0", "500,000", "10\u2076"]);
  assert.deepEqual(ticks(1, 1, 5).values, []);
});

test("templates, long names and coordinates", () => {
  assert.equal(
    fill("{name} left at step {step}, {other}", { name: "SGD", step: 3 }),
    "SGD left at step 3, {other}",
  );
  assert.equal(shorten("gradient descent", 9), "gradient\u2026");
  assert.equal(shorten("Adam", 9), "Adam");
  assert.equal(roundTo(1 / 3, 4), 0.33);
});
