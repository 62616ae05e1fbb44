// The frame loop: it runs while the race plays or something is out of date, and paints only what is.

const SMOOTHING = 0.08;
const REPORT_EVERY = 250;
const STALL = 150;
/** How long a running race holds its breath for an answer to another control, in ms. */
const COURTESY = 150;

/** What each kind of change makes out of date. */
const PARTS = {
  all: ["layout", "controls", "still", "strip", "moving", "terrain"],
  layout: ["layout", "controls", "still", "strip", "moving", "terrain"],
  runs: ["strip", "moving"],
  controls: ["controls", "moving", "terrain"],
  still: ["still", "moving"],
  moving: ["moving", "terrain"],
  terrain: ["terrain"],
};

export class Frame {
  constructor(stage) {
    Object.assign(this, {
      stage,
      stale: new Set(),
      request: 0,
      last: null,
      interval: null,
      reported: 0,
      held: 0,
    });
  }

  invalidate(part) {
    for (const name of PARTS[part]) this.stale.add(name);
    this.schedule();
  }

  schedule() {
    if (!this.request && !this.stage.gone) this.request = requestAnimationFrame((now) => this.run(now));
  }

  /**
   * Draw new runs at once: left to the next frame, this work would come on top of the frame's own. What they
   * change around them follows with that frame: the isolines' labels, the terrain, the controls.
   */
  drawRuns() {
    for (const name of PARTS.runs) this.stale.add(name);
    try {
      this.paint(true);
    } catch (error) {
      console.error("stage:", error);
      this.stale.clear();
    }
    this.invalidate("still");
    this.invalidate("controls");
  }

  stop() {
    cancelAnimationFrame(this.request);
    this.request = 0;
  }

  /** A control outside the stage was moved: leave the page's one thread to the answer, which is on its way. */
  giveWay() {
    this.held = performance.now() + COURTESY;
  }

  run(now) {
    this.request = 0;
    if (now < this.held) {
      this.last = null;
      this.schedule();
      return;
    }
    const { clock } = this.stage;
    try {
      const passed = this.last === null ? 0 : now - this.last;
      if (clock.playing && this.last !== null) this.measure(passed, now);
      const wasPlaying = clock.playing;
      if (clock.advance(passed / 1000)) for (const name of ["moving", "terrain"]) this.stale.add(name);
      if (wasPlaying && !clock.playing) this.stale.add("controls");
      this.paint(!clock.playing);
    } catch (error) {
      console.error("stage:", error);
      this.stale.clear();
    }
    this.last = clock.playing ? now : null;
    if (clock.playing || this.stale.size) this.schedule();
    else this.interval = null;
  }

  measure(passed, now) {
    this.interval = this.interval === null ? passed : this.interval + SMOOTHING * (passed - this.interval);
    // A pause of the whole page, while code loads say, tells nothing of what a frame costs.
    if (passed < STALL) this.stage.terrain.pace(passed);
    if (now - this.reported < REPORT_EVERY) return;
    this.reported = now;
    this.stage.layout.card.dataset.framesPerSecond = (1000 / this.interval).toFixed(1);
  }

  /** Everything, now: before the canvases are copied. */
  paintAll() {
    for (const name of PARTS.all) this.stale.add(name);
    this.paint(true);
  }

  paint(still) {
    const { stage, stale } = this;
    if (stage.scene && stale.has("layout")) stage.layout.measure();
    if (!stage.scene || !stage.layout.visible) {
      stale.clear();
      return;
    }
    const { contour, strip, terrain, bar, clock, theme, hidden, unit, ratio, scene } = stage;
    const view = {
      scene,
      theme,
      unit,
      ratio,
      hidden,
      step: clock.step,
      ghost: stage.ghost,
      selected: stage.selected,
      arrows: stage.arrows,
      start: stage.start,
      movable: stage.canMoveStart,
    };
    if (stale.has("controls")) stage.layout.updateControls();
    if (stale.has("strip")) strip.prepare(scene, hidden, theme);
    if (stale.has("still") && scene.surface.axes) bar.paint(stage.scale, theme, ratio, unit);
    if (stage.layout.showsContour) {
      if (stale.has("still")) contour.paintStill(theme, ratio, unit, hidden);
      if (stale.has("moving")) contour.paintMoving(view);
    }
    if (stale.has("moving") || stale.has("strip")) strip.paint(clock.step, theme);
    if (stale.has("terrain") && stage.layout.showsTerrain) {
      terrain.load();
      const visible = new Set(scene.runners.map(({ id }) => id).filter((id) => !hidden.has(id)));
      terrain.paint({ ...view, visible }, still || !stale.has("moving"));
    }
    stale.clear();
    stage.layout.publish();
  }
}
