// What every animated view shares: a clock moved by time and by hand, and a voice that tells where it stands.
import { Clock } from "./clock.js";
import { stepAt } from "../surface/payload.js";

/** A view has a `layout` with say(words), and `invalidate(part)`, which draws that part again. */
export class Player {
  constructor() {
    Object.assign(this, { scene: null, gone: false });
    this.clock = new Clock();
    this.motion = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.onMotion = () => { this.clock.calm = this.motion.matches; };
    this.onMotion();
    this.motion.addEventListener("change", this.onMotion);
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
      first: () => this.seek(0), back: () => this.stepBy(-1), forward: () => this.stepBy(1),
      toggle: () => this.togglePlay(), speed: (speed) => this.set(() => { this.clock.speed = speed; }),
      loop: () => this.set(() => { this.clock.loop = !this.clock.loop; }),
      image: () => this.saveImage(), table: () => this.saveTable(), fullscreen: () => this.layout.toggleFull(),
    };
  }

  destroy() {
    this.gone = true;
    this.motion.removeEventListener("change", this.onMotion);
  }
}
