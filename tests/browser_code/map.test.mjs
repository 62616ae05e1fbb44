// The map's arithmetic: the window that zooms, paths on it, and the clock that moves along them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset } from "./golden.mjs";

const { Viewport } = await asset("surface/viewport.js");
const { crossing, headAt, pointAt, project } = await asset("surface/track.js");
const { Clock } = await asset("shared/clock.js");

const window = (zoom = 1) => {
  const viewport = new Viewport();
  viewport.setDomain([-2, 2], [0, 1]);
  viewport.resize(400, 100);
  viewport.zoomAt(100, 50, zoom);
  return viewport;
};
const runner = (...points) => ({ path: Float32Array.from(points.flat()), end: points.length - 1 });

test("the place under the pointer stays where it is while the map zooms", () => {
  const viewport = window();
  const place = [viewport.fromX(130), viewport.fromY(20)];
  viewport.zoomAt(130, 20, 3);
  assert.ok(Math.abs(viewport.toX(place[0]) - 130) < 1e-9 && Math.abs(viewport.toY(place[1]) - 20) < 1e-9);
  assert.equal(viewport.k, 3);
});

test("the window never leaves the domain, nor zooms without end", () => {
  const viewport = window(2);
  viewport.panBy(1e4, -1e4);
  assert.deepEqual([viewport.fromX(0), viewport.fromY(100)], [-2, 0]);
  viewport.zoomAt(0, 0, 1e9);
  assert.equal(viewport.k, 40);
  viewport.zoomAt(0, 0, 1e-9);
  assert.deepEqual([viewport.k, viewport.u, viewport.v], [1, 0, 0]);
});

test("points that the eye cannot tell apart are one, and repeated swings are drawn once", () => {
  const swing = [
    [-1, 0.5],
    [1, 0.5],
    [-1, 0.5],
    [1, 0.5],
    [1.0001, 0.5],
  ];
  const track = project(runner(...swing), window());
  assert.deepEqual([track.count, ...track.steps.subarray(0, 4)], [4, 0, 1, 2, 3]);
  assert.deepEqual([...track.again.subarray(0, 4)], [0, 0, 1, 1]);
});

test("a path stops where it is no number, and its head stays at the last live point", () => {
  const path = { ...runner([0, 0], [1, 1], [NaN, NaN]), end: 1 };
  assert.deepEqual(pointAt(path, 0.5), [0.5, 0.5]);
  assert.deepEqual(pointAt(path, 9), [1, 1]);
  assert.equal(headAt(runner([NaN, NaN]), window(), 0), null);
});

test("where a path left the picture, and which way", () => {
  const viewport = window();
  const path = runner([1, 0.5], [3, 0.5]);
  const track = project(path, viewport);
  assert.deepEqual(crossing(track, viewport, 1, headAt(path, viewport, 1)), [400, 50, 1, 0]);
  const inside = runner([0, 0.5], [1, 0.5]);
  assert.equal(crossing(project(inside, viewport), viewport, 1, headAt(inside, viewport, 1)), null);
});

test("the clock plays in seconds, rests at its end, and starts over", () => {
  const clock = new Clock();
  clock.setSteps(3);
  clock.play();
  assert.ok(clock.advance(0.05));
  assert.equal(clock.step, 1.5);
  clock.pause();
  assert.equal(clock.step, 2);
  clock.play();
  clock.advance(0.1);
  assert.equal(clock.step, 3);
  let rest = 0;
  for (; clock.step === 3 && rest < 20; rest += 1) clock.advance(0.1);
  assert.ok(rest >= 12 && rest <= 13 && clock.playing && clock.step === 0);
  clock.advance(0.1);
  clock.loop = false;
  for (let k = 0; k < 15; k += 1) clock.advance(0.1);
  assert.deepEqual([clock.playing, clock.step], [false, 3]);
});

test("a slept tab does not leap, and reduced motion takes whole steps", () => {
  const clock = new Clock();
  clock.setSteps(100);
  clock.play();
  clock.advance(60);
  assert.equal(clock.step, 3);
  clock.calm = true;
  for (let k = 0; k < 10; k += 1) clock.advance(0.1);
  assert.equal(clock.step, 7);
});
