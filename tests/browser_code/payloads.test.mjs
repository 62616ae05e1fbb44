// Messages: every array as the library packed it, and nothing that is not a message.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset, bytes, golden, plain } from "./golden.mjs";

const { decode, isStill, sameSurface, stepAt } = await asset("surface/payload.js");
const { decodeBoundary } = await asset("boundary/payload.js");
const { decodeCurve, rateAt, shareOf } = await asset("curve/payload.js");

for (const name of ["plane", "accuracy"]) {
  test(`${name}: the surface and its runs`, () => {
    const scene = decode(bytes(`${name}.bin`));
    const { header, arrays } = golden(name);
    assert.deepEqual(
      [scene.surface, scene.text, scene.revision],
      [header.surface, header.text, header.revision],
    );
    assert.deepEqual(plain(scene.grid), arrays.grid);
    scene.runners.forEach((runner, k) => {
      for (const kind of ["path", "loss", "off", "share", "beneath"]) {
        assert.deepEqual(plain(runner[kind]), arrays[`${kind}:${runner.id}`], kind);
      }
      assert.equal(runner.end, header.runners[k].end);
      assert.equal(runner.gradient, null);
    });
    assert.equal(stepAt(scene, 2), header.steps_at[2]);
    assert.ok(!isStill(scene) && sameSurface(scene, decode(bytes(`${name}.bin`))));
  });
}

test("two surfaces are told apart, at any offset in memory", () => {
  const message = bytes("plane.bin");
  const shifted = new Uint8Array(message.length + 1);
  shifted.set(message, 1);
  const scene = decode(shifted.subarray(1));
  assert.ok(sameSurface(scene, decode(message)));
  assert.ok(!sameSurface(scene, decode(bytes("accuracy.bin"))));
});

test("boundary: points, accuracies, and probabilities in steps of a byte", () => {
  const scene = decodeBoundary(bytes("boundary.bin"));
  const { header, arrays } = golden("boundary");
  const classes = header.classes.length;
  assert.deepEqual(plain(scene.train.points), arrays["train:points"]);
  assert.deepEqual(plain(scene.validation.labels), arrays["validation:labels"]);
  for (const { id, train, frames } of scene.panels) {
    assert.deepEqual(plain(train), arrays[`train_accuracy:${id}`]);
    const shares = arrays[`probability:${id}`].filter((_, k) => k % classes);
    const found = Array.from(frames, (byte) => (byte === 255 ? null : Math.fround(byte / 254)));
    assert.deepEqual(found, shares);
  }
});

test("curve: the runs and how they end", () => {
  const scene = decodeCurve(bytes("curve.bin"));
  const { header, arrays } = golden("curve");
  for (const name of ["height", "slope"]) assert.deepEqual(plain(scene[name]), arrays[name]);
  scene.balls.forEach((ball, k) => assert.deepEqual(plain(ball.path), arrays[`path:${k}`]));
  assert.deepEqual(
    scene.balls.map(({ end }) => end),
    header.balls.map(({ end }) => end),
  );
  assert.deepEqual(Array.from(scene.strip), arrays.strip);
  for (const [share, from, end] of [
    [0, 0, 5],
    [1, 6, 2],
  ]) {
    assert.deepEqual(plain(scene.trail(share).path), arrays.paths.slice(from, from + 6));
    assert.equal(scene.trail(share).end, end);
  }
  assert.equal(shareOf({ low: 0.01, high: 1 }, 0.1), 0.5);
  assert.equal(rateAt({ low: 0.01, high: 1 }, 0.5), 0.1);
});

test("another version, and no message at all", () => {
  const message = bytes("plane.bin");
  assert.equal(decode(null), null);
  assert.equal(decode(message.subarray(0, 3)), null);
  const text = new TextDecoder("latin1").decode(message).replace('"version":1', '"version":2');
  assert.throws(() => decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0))), /payload version 2/);
});
