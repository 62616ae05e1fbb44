// The curve over its ground: the ball with the slope beneath it, the step it takes and where that leads.
import { haloText } from "../surface/contour.js";
import { levelArrow, slopeArrow } from "./arrows.js";
import { paintCurve, paintFrame, paintGround } from "./ground.js";
import { along, moveOf, slopeOf } from "./payload.js";
import { number, trueMinus } from "../shared/format.js";
import { drawMarker } from "../shared/markers.js";
import { FONT, rgba, slotOf } from "../shared/theme.js";

const BALL = 9;
const HALO = 4.5;
/** The share of a step that the ball flies along before it comes down on the curve. */
const FLIGHT = 0.6;
const CLEAR = 14;
const FLAT = 1e-3;

export class Plot {
  constructor(canvas) {
    this.canvas = canvas;
    this.ctx = canvas.getContext("2d");
  }

  /** @param box - {width, height, unit, ratio} */
  setData(scene, theme, box) {
    Object.assign(this, { scene, theme, box });
    this.low = Math.min(...scene.height);
  }

  px(x) {
    const [low, high] = this.scene.x;
    return ((x - low) / (high - low)) * this.box.width;
  }

  py(y) {
    const [low, high] = this.scene.y;
    return this.box.height - ((y - low) / (high - low)) * this.box.height;
  }

  toX(px) {
    const [low, high] = this.scene.x;
    return low + (px / this.box.width) * (high - low);
  }

  /** Where a ball stands between two steps: it flies level, then comes down on the curve. */
  placeOf({ path, end }, step) {
    const k = Math.min(end, Math.floor(step + 1e-9));
    const part = k < end ? step - k : 0;
    const here = path[k];
    if (part <= 0) return { k, x: here, y: along(this.scene, this.scene.height, here) };
    const [from, to] = [
      along(this.scene, this.scene.height, here),
      along(this.scene, this.scene.height, path[k + 1]),
    ];
    const across = Math.min(1, part / FLIGHT);
    const down = Math.max(0, (part - FLIGHT) / (1 - FLIGHT));
    return {
      k,
      x: here + (path[k + 1] - here) * across,
      y: from + ((Number.isFinite(to) ? to : from) - from) * down,
    };
  }

  paint(balls, step, moving) {
    const {
      ctx,
      box: { width, height, unit, ratio },
    } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.lineJoin = ctx.lineCap = "round";
    this.taken = [];
    paintGround(this);
    paintFrame(this);
    paintCurve(this);
    ctx.font = `600 ${14 * unit}px ${FONT}`;
    const spots = balls.map((ball) => this.placeOf(ball, step));
    balls.forEach((ball, i) => this.trail(ball, spots[i].k));
    if (balls.length === 1 && !moving) this.step(balls[0], spots[0]);
    else if (!moving) this.steps(balls, spots);
    for (let i = balls.length - 1; i >= 0; i -= 1) this.ball(balls[i], spots[i], balls.length);
    for (const { x, name } of this.scene.places) this.named(x, name);
  }

  /** Every place it has been. */
  trail(ball, last) {
    const {
      ctx,
      scene,
      box: { unit },
    } = this;
    ctx.fillStyle = rgba(this.colour(ball), 0.5);
    for (let k = Math.max(0, last - 400); k < last; k += 1) {
      const y = along(scene, scene.height, ball.path[k]);
      if (!Number.isFinite(y)) continue;
      ctx.beginPath();
      ctx.arc(this.px(ball.path[k]), this.py(y), 4 * unit, 0, 2 * Math.PI);
      ctx.fill();
    }
  }

  /** Of several balls the arrows alone; those that stand together one below the other. */
  steps(balls, spots) {
    const {
      ctx,
      theme,
      box: { width, unit },
    } = this;
    balls.forEach((ball, i) => {
      const { k, x, y } = spots[i];
      if (k >= ball.end || !Number.isFinite(y)) return;
      const together = spots.filter((spot) => spot.x === x);
      const to = Math.min(width + 30 * unit, Math.max(-30 * unit, this.px(ball.path[k + 1])));
      const level = this.py(y) + (together.indexOf(spots[i]) - (together.length - 1) / 2) * 11 * unit;
      if (Math.abs(to - this.px(x)) < 20 * unit) return;
      levelArrow(ctx, theme, unit, this.px(x), to, level, this.colour(ball));
      this.taken.push([
        Math.min(to, this.px(x)),
        level - 4 * unit,
        Math.max(to, this.px(x)),
        level + 4 * unit,
      ]);
    });
  }

  /** The slope under the ball, the arrow of its step, and the next point. */
  step(ball, { k, x, y }) {
    const {
      ctx,
      scene,
      theme,
      box: { width, unit },
    } = this;
    if (!Number.isFinite(y)) return;
    const slope = slopeOf(scene, ball, k);
    const [px, py] = [this.px(x), this.py(y)];
    const tangent = slopeArrow(
      ctx,
      theme,
      unit,
      px,
      py,
      [this.px(1) - this.px(0), this.py(slope) - this.py(0)],
      Math.abs(slope) > FLAT ? Math.sign(slope) : 0,
    );
    for (const [tx, ty] of tangent)
      this.taken.push([tx - 3 * unit, ty - 3 * unit, tx + 3 * unit, ty + 3 * unit]);
    if (k < ball.end) {
      const next = ball.path[k + 1];
      const to = Math.min(width + 30 * unit, Math.max(-30 * unit, this.px(next)));
      const nextY = along(scene, scene.height, next);
      const far = Math.abs(to - px);
      if (far > 20 * unit) levelArrow(ctx, theme, unit, px, to, py, theme.accent);
      if (Number.isFinite(nextY) && far > 3 * unit) {
        ctx.beginPath();
        ctx.moveTo(to, py);
        ctx.lineTo(to, this.py(nextY));
        ctx.setLineDash([4 * unit, 4 * unit]);
        ctx.lineWidth = 2 * unit;
        ctx.strokeStyle = theme.accent;
        ctx.stroke();
        ctx.setLineDash([]);
        drawMarker(ctx, "circle", to, this.py(nextY), BALL * unit, theme.background, theme.accent, 3 * unit);
        this.keep(to, this.py(nextY));
      }
      const middle = Math.min(
        width - 70 * unit,
        Math.max(70 * unit, (px + Math.min(width, Math.max(0, to))) / 2),
      );
      this.keep(px, py);
      this.label(`${scene.text.move} ${number(moveOf(ball, k))}`, theme.accent, [
        [middle, py - 17 * unit, 0],
        [middle, py + 19 * unit, 0],
        [middle, py - 38 * unit, 0],
      ]);
      if (Number.isFinite(nextY) && far > 3 * unit) {
        const spot = this.py(nextY);
        this.label(`${scene.text.next} ${fixed(next)}`, theme.accent, around(to, spot, unit));
      }
    } else this.keep(px, py);
    this.label(`${scene.text.slope} ${number(slope)}`, theme.slots[2].text, around(px, py + 22 * unit, unit));
  }

  ball(ball, { k, x, y }, count) {
    const {
      ctx,
      scene,
      theme,
      box: { width, height, unit },
    } = this;
    const colour = this.colour(ball);
    const edge = CLEAR * unit;
    const inside = Number.isFinite(y) && x >= scene.x[0] && x <= scene.x[1];
    const px = Math.min(width - edge, Math.max(edge, Number.isFinite(x) ? this.px(x) : edge));
    const py = inside ? Math.min(height - edge, Math.max(edge, this.py(y))) : edge;
    drawMarker(
      ctx,
      ball.slot ? slotOf(theme, ball.slot).marker : "circle",
      px,
      py,
      BALL * unit,
      colour,
      theme.background,
      3 * unit,
    );
    this.keep(px, py);
    const name = count > 1 ? ball.name : k === 0 ? scene.text.start : scene.text.here;
    const text = inside
      ? `${name} ${fixed(x)}`
      : `${count > 1 ? `${ball.name}, ` : ""}${scene.text.outside} ${number(x)}`;
    this.label(
      text,
      count > 1 && ball.slot ? slotOf(theme, ball.slot).text : theme.ink,
      around(px, py, unit),
    );
  }

  named(x, name) {
    const {
      ctx,
      scene,
      theme,
      box: { unit },
    } = this;
    const [px, py] = [this.px(x), this.py(along(scene, scene.height, x))];
    ctx.fillStyle = theme.isoline;
    ctx.fillRect(px - unit, py - 5 * unit, 2 * unit, 10 * unit);
    this.label(name, theme.ink, [
      [px, py + 21 * unit, 0],
      [px, py - 20 * unit, 0],
      [px, py + 40 * unit, 0],
      [px, py - 40 * unit, 0],
    ]);
  }

  colour(ball) {
    return ball.slot ? slotOf(this.theme, ball.slot).line : this.theme.accent;
  }

  /** A ball's own place, which no words may cover. */
  keep(px, py) {
    const r = (BALL + 1) * this.box.unit;
    this.taken.push([px - r, py - r, px + r, py + r]);
  }

  /** Write words at the first of the spots [x, y, side] that is free and inside; side -1, 0, 1: ends at, around, begins at x. */
  label(text, colour, spots) {
    const {
      ctx,
      theme,
      box: { width, height, unit },
    } = this;
    const wide = ctx.measureText(text).width;
    const high = 9 * unit;
    const boxes = spots.map(([x, y, side]) => {
      const left =
        side === 0 ? Math.min(width - wide - 6, Math.max(6, x - wide / 2)) : side > 0 ? x : x - wide;
      return [left, y - high, left + wide, y + high];
    });
    const free = ([l, t, r, b]) =>
      l >= 4 &&
      r <= width - 4 &&
      t >= 2 &&
      b <= height - 18 * unit &&
      !this.taken.some((other) => l < other[2] + 3 && other[0] < r + 3 && t < other[3] && other[1] < b);
    const box = boxes.find(free);
    if (!box) return;
    this.taken.push(box);
    haloText(ctx, text, box[0], (box[1] + box[3]) / 2, colour, theme, HALO * unit);
  }
}

const fixed = (x) => (Math.abs(x) < 100 ? trueMinus(x.toFixed(2)) : number(x));

const around = (x, y, u) => [
  [x + 17 * u, y, 1],
  [x - 17 * u, y, -1],
  [x + 14 * u, y + 20 * u, 1],
  [x - 14 * u, y + 20 * u, -1],
  [x + 14 * u, y - 20 * u, 1],
  [x - 14 * u, y - 20 * u, -1],
  [x, y - 42 * u, 0],
  [x, y + 42 * u, 0],
];
