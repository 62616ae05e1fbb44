// What every animated view shares: a clock moved by time and by hand, a frame loop, and words that tell where it is.
import { Clock } from "./clock.js";
import { watchTheme } from "./theme.js";
import { stepAt } from "../surface/payload.js";

/** A view has a `layout` and a `keyboard`, and `paint()`, which draws what is `stale` and clears it. */
export class Player {
  constructor() {
    Object.assign(this, { scene: null, theme: null, gone: false, frameId: 0, last: null, stale: new Set() });
    this.clock = new Clock();
    this.motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.onMotion = () => {
      this.clock.calm = this.motion.matches;
    };
    this.onMotion();
    this.motion.addEventListener("change", this.onMotion);
  }

  /** Draw from now on, in the page's theme: the layout stands. */
  follow() {
    this.unwatch = watchTheme(this.layout.probe, (theme) => this.setTheme(theme));
    document.fonts?.ready.then(() => this.invalidate("all"));
  }

  setTheme(theme) {
    this.theme = theme;
    this.layout.setTheme(theme);
    this.invalidate("all");
  }

  /** @param part "all" (sizes and colours), "controls", or "moving" */
  invalidate(part) {
    this.stale.add(part);
    if (!this.frameId && !this.gone) this.frameId = requestAnimationFrame((now) => this.run(now));
  }

  /** One frame: the loop goes on while the view plays or something is out of date. */
  run(now) {
    this.frameId = 0;
    const { clock } = this;
    try {
      const wasPlaying = clock.playing;
      if (clock.advance(this.last === null ? 0 : (now - this.last) / 1000)) this.stale.add("moving");
      if (wasPlaying && !clock.playing) this.stale.add("controls");
      this.paint();
    } catch (error) {
      console.error(`${this.constructor.name.toLowerCase()}:`, error);
      this.stale.clear();
    }
    this.last = clock.playing ? now : null;
    if (clock.playing) this.invalidate("clock");
  }

  /** Change some state that the controls and the moving layer show. */
  set(change) {
    change();
    this.invalidate("controls");
  }

  togglePlay() {
    if (this.clock.playing) this.clock.pause();
    else this.clock.play();
    const { text } = this.scene ?? {};
    this.layout.say(this.clock.playing ? text?.play : `${text?.pause ?? ""}, ${this.stepText()}`);
    this.invalidate("controls");
  }

  seek(step) {
    this.clock.playing = false;
    this.clock.seek(step);
    this.layout.say(this.stepText());
    this.invalidate("controls");
  }

  stepBy(count) {
    // From between two steps, back and forward go to the nearest one on their side.
    this.seek(count > 0 ? this.clock.whole + count : Math.ceil(this.clock.step - 1e-9) + count);
  }

  stepText() {
    const { scene, clock } = this;
    return `${scene?.text.step ?? ""} ${stepAt(scene, clock.whole)} / ${stepAt(scene, clock.steps)}`;
  }

  /** What the transport's buttons do. */
  get actions() {
    return {
      first: () => this.seek(0),
      back: () => this.stepBy(-1),
      forward: () => this.stepBy(1),
      toggle: () => this.togglePlay(),
      speed: (speed) =>
        this.set(() => {
          this.clock.speed = speed;
        }),
      loop: () =>
        this.set(() => {
          this.clock.loop = !this.clock.loop;
        }),
      image: () => this.saveImage(),
      table: () => this.saveTable(),
      fullscreen: () => this.layout.toggleFull(),
    };
  }

  destroy() {
    this.gone = true;
    cancelAnimationFrame(this.frameId);
    this.motion.removeEventListener("change", this.onMotion);
    this.keyboard.destroy();
    this.unwatch();
    this.layout.destroy();
  }
}
