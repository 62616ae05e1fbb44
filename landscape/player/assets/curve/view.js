// One weight on a curve: a ball that takes steps, the rate of which a hand slides through all that can happen.
import { CurveLayout } from "./layout.js";
import { BasinMap } from "./map.js";
import { along, decodeCurve, rateAt, shareOf, walk } from "./payload.js";
import { Plot } from "./plot.js";
import { RateTrack } from "./rates.js";
import { fileName, picture, save, table } from "../shared/download.js";
import { number } from "../shared/format.js";
import { Keyboard } from "../shared/keyboard.js";
import { Player } from "../shared/player.js";
import { StartRequest } from "../surface/start_request.js";
import { Transport } from "../shared/transport.js";

/** A key moves the rate by this share of its slider, the start by this share of its range. */
const NUDGE = 0.01;

/** Left and right move the rate, up and down the start; page keys step. */
class CurveKeyboard extends Keyboard {
  action(key) {
    const { stage } = this;
    const onSlider = stage.layout.slider.matches(":focus");
    const move = {
      ArrowLeft: ["rate", -1],
      ArrowRight: ["rate", 1],
      ArrowDown: ["start", -1],
      ArrowUp: ["start", 1],
    }[key];
    if (!move) return super.action(key);
    if (!stage.scene?.[move[0]]) return move[0] === "rate" ? super.action(key) : null;
    return onSlider && move[0] === "rate" ? null : () => stage.nudge(...move);
  }

  nudge() {
    return null;
  }
}

export class Curve extends Player {
  constructor(root, host) {
    super();
    Object.assign(this, { host, unit: 1, ratio: 1 });
    Object.assign(this, { rate: null, start: null, shown: [], held: false, gesture: Date.now() });
    this.clock.loop = false;
    this.asking = new StartRequest(
      (values, gesture) => host.onMoved?.(values, gesture),
      (busy) => this.layout?.showBusy(busy),
    );
    this.transport = new Transport(this.actions);
    this.layout = new CurveLayout(this, root);
    this.plot = new Plot(this.layout.plot);
    this.track = new RateTrack(this.layout.track);
    this.map = new BasinMap(this.layout.map);
    this.keyboard = new CurveKeyboard(this);
    this.listen(this.layout.plot, (px) => this.move({ start: this.startAt(this.plot.toX(px)) }));
    this.listen(this.layout.map, (px, py) => {
      const [rate, up] = this.map.sharesAt(px, py);
      const { low, high } = this.scene.start;
      this.move({ rate: rateAt(this.scene.rate, rate), start: this.startAt(low + up * (high - low)) });
    });
    this.follow();
  }

  /** Hand places under a pressed pointer to an action. */
  listen(canvas, act) {
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      if (this.scene?.start) act(event.clientX - box.left, event.clientY - box.top);
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.scene?.start) return;
      canvas.setPointerCapture(event.pointerId);
      at(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) at(event);
    });
    canvas.addEventListener("pointerup", () => this.endGesture());
    canvas.addEventListener("pointercancel", () => this.endGesture());
  }

  /** Show new data; the play position stays. The same revision again changes nothing. */
  setData(bytes) {
    try {
      const scene = decodeCurve(bytes);
      if (!scene) return;
      const more = this.asking.settle();
      if (scene.revision !== this.scene?.revision) this.setScene(scene, more || this.held);
    } catch (error) {
      console.error("curve:", error);
    }
  }

  /** @param moving whether a hand is already further than this answer */
  setScene(scene, moving) {
    this.scene = scene;
    this.clock.setSteps(scene.steps, true);
    this.shown = scene.balls;
    if (!moving) Object.assign(this, { rate: scene.rate?.value ?? null, start: scene.start?.value ?? null });
    else this.preview();
    this.transport.setText(scene.text);
    this.layout.setScene(scene);
    this.invalidate("all");
  }

  startAt(x) {
    const { low, high } = this.scene.start;
    return Number(Math.min(high, Math.max(low, x)).toFixed(2));
  }

  slide(share) {
    this.move({ rate: rateAt(this.scene.rate, share) });
  }

  nudge(kind, way) {
    const control = this.scene[kind];
    if (kind === "rate") this.slide(shareOf(control, this.rate) + way * NUDGE);
    else this.move({ start: this.startAt(this.start + way * NUDGE * (control.high - control.low)) });
    this.layout.say(`${this.scene.text[kind]} ${number(this[kind])}`);
    this.held = false;
  }

  /** Take new values: what is known here is shown at once, the rest comes with the answer. */
  move(values) {
    Object.assign(this, values);
    this.held = true;
    this.preview();
    const named = Object.entries(values).map(([kind, value]) => [this.scene[kind].name, value]);
    this.asking.ask(Object.fromEntries(named), `drag ${this.gesture}`);
    this.invalidate("controls");
  }

  /** The first run as it will be, until the answer comes: one that was sent, else one walked here. */
  preview() {
    const { scene, rate, start } = this;
    if (!scene.rate) return;
    const sent = scene.trail && start === (scene.start?.value ?? null);
    const run = sent
      ? scene.trail(shareOf(scene.rate, rate))
      : walk(scene, rate, start ?? scene.balls[0].path[0]);
    this.shown = [{ ...scene.balls[0], ...run }, ...scene.balls.slice(1)];
  }

  endGesture() {
    this.held = false;
    this.gesture += 1;
  }

  paint() {
    const { scene, stale, layout, clock, theme } = this;
    if (scene && stale.has("all")) layout.measure();
    if (scene && layout.visible) {
      if (stale.has("all")) {
        this.plot.setData(scene, theme, layout.plotBox);
        if (scene.rate) this.track.setData(scene, theme, layout.trackBox);
        if (scene.gridCodes) this.map.setData(scene, theme, layout.mapBox);
      }
      if (stale.has("all") || stale.has("controls")) {
        layout.updateControls();
        if (scene.rate) {
          this.track.paint(this.rate);
          layout.showRate(`\u03b7 = ${number(this.rate)}`, Number(shareOf(scene.rate, this.rate).toFixed(3)));
        }
        if (scene.gridCodes) this.map.paint(this.rate, this.start);
      }
      if (["all", "controls", "moving"].some((part) => stale.has(part))) {
        const moving = clock.step !== clock.whole;
        this.plot.paint(this.shown, clock.step, moving);
        layout.code.show(scene, this.shown[0], this.rate, clock.whole, moving);
      }
      this.publish();
    }
    stale.clear();
  }

  /** After every paint: what assistive technology and tests can see. */
  publish() {
    const {
      scene,
      clock,
      layout: {
        card: { dataset },
      },
    } = this;
    this.transport.showStep(clock, (row) => row);
    const state = {
      kind: "curve",
      revision: scene.revision,
      step: clock.whole,
      playing: clock.playing,
      rate: this.rate ?? "",
      start: this.start ?? "",
      x: number(this.shown[0].path[clock.whole], 6),
    };
    for (const [name, value] of Object.entries(state))
      if (dataset[name] !== String(value)) dataset[name] = String(value);
  }

  saveTable() {
    const { scene } = this;
    if (!scene) return;
    const columns = [
      ["x", ({ path }, k) => path[k]],
      ["f", ({ path }, k) => along(scene, scene.height, path[k])],
    ];
    save(
      new Blob(["\ufeff", table(this.shown, columns, (row) => row)], { type: "text/csv" }),
      fileName(scene.title, "csv"),
    );
  }

  async saveImage() {
    if (!this.scene) return;
    const { layers, samples, size } = this.layout.layers();
    const blob = await picture(layers, size, samples, this.theme, Math.max(2, this.ratio));
    if (blob) save(blob, fileName(this.scene.title, "png"));
  }

  destroy() {
    super.destroy();
    this.asking.clear();
  }
}
