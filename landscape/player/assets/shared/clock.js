// The play head: a step that runs, waits, loops and is moved by hand.

const STEPS_PER_SECOND = 30;
/** A thinned path plays in so many seconds, whatever is left of its steps. */
const THINNED = 8;
const SLOWEST = 3;
const CALM_STEPS_PER_SECOND = 4;
/** How long a looping race rests at its end, in seconds, so that the outcome can be read. */
const REST = 1.2;
/** A tab that slept must not leap ahead. */
const LONGEST_FRAME = 0.1;

export const SPEEDS = [0.1, 0.5, 1, 2, 10];

export class Clock {
  constructor() {
    this.step = 0;
    this.steps = 0;
    this.playing = false;
    this.speed = 1;
    this.loop = true;
    this.calm = false;
    this.rest = 0;
    this.due = 0;
    this.rate = STEPS_PER_SECOND;
  }

  /** @param {number} steps */
  setSteps(steps, thinned = false) {
    this.steps = steps;
    this.rate = thinned ? Math.min(STEPS_PER_SECOND, Math.max(SLOWEST, steps / THINNED)) : STEPS_PER_SECOND;
    this.step = Math.min(this.step, steps);
  }

  get whole() {
    return Math.floor(this.step + 1e-9);
  }

  play() {
    if (this.steps === 0) return;
    if (this.step >= this.steps) this.step = 0;
    this.playing = true;
    this.rest = 0;
    this.due = 0;
  }

  /** Stops on the nearest whole step: what stands still was computed, not interpolated. */
  pause() {
    this.playing = false;
    this.step = Math.round(this.step);
  }

  /** @param {number} step */
  seek(step) {
    this.step = Math.min(this.steps, Math.max(0, Math.round(step)));
    this.rest = 0;
  }

  /**
   * Let `seconds` pass; returns whether the head moved.
   * @param {number} seconds
   */
  advance(seconds) {
    if (!this.playing) return false;
    const passed = Math.min(LONGEST_FRAME, Math.max(0, seconds));
    if (this.step >= this.steps) return this.atEnd(passed);
    const forward = this.calm ? this.calmSteps(passed) : passed * this.rate * this.speed;
    this.step = Math.min(this.steps, this.step + forward);
    return true;
  }

  /**
   * With reduced motion the head moves in whole steps, at most four a second.
   * @param {number} passed
   */
  calmSteps(passed) {
    this.due += passed * CALM_STEPS_PER_SECOND * Math.min(1, this.speed);
    const whole = Math.floor(this.due);
    this.due -= whole;
    return whole;
  }

  /** @param {number} passed */
  atEnd(passed) {
    if (!this.loop) {
      this.playing = false;
      return true;
    }
    this.rest += passed;
    if (this.rest < REST) return false;
    this.rest = 0;
    this.step = 0;
    return true;
  }
}
