// Keys of every animated view: the space bar plays, arrows and a clicker's page keys step, Home and End jump, L loops, F fills the screen.

export class Keyboard {
  constructor(stage) {
    this.stage = stage;
    this.onKey = (event) => this.key(event);
    // With the stage on the full screen its keys work wherever the focus went.
    this.onPage = (event) => {
      if (stage.layout.full && !event.composedPath().includes(stage.layout.card)) this.key(event);
    };
    stage.layout.card.addEventListener("keydown", this.onKey);
    document.addEventListener("keydown", this.onPage);
  }

  key(event) {
    const target = event.composedPath()[0];
    const tag = target?.tagName;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || tag === "SELECT") return;
    if (tag === "BUTTON" && [" ", "Enter"].includes(event.key)) return;
    const action = event.shiftKey ? this.nudge(event.key) : this.action(event.key);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  action(key) {
    const { stage } = this;
    const { contour } = stage;
    const zoom = contour && {
      "+": () => contour.zoom(1.6),
      "=": () => contour.zoom(1.6),
      "-": () => contour.zoom(1 / 1.6),
      0: () => contour.resetZoom(),
    };
    return {
      " ": () => stage.togglePlay(),
      ArrowLeft: () => stage.stepBy(-1),
      ArrowRight: () => stage.stepBy(1),
      PageUp: () => stage.stepBy(-1),
      PageDown: () => stage.stepBy(1),
      Home: () => stage.seek(0),
      End: () => stage.seek(stage.clock.steps),
      l: () =>
        stage.set(() => {
          stage.clock.loop = !stage.clock.loop;
        }),
      f: () => stage.layout.toggleFull(),
      ...zoom,
      Escape: stage.layout.full ? () => stage.layout.toggleFull() : null,
    }[key.length === 1 ? key.toLowerCase() : key];
  }

  /** Shift and an arrow move the start by a fiftieth of the picture, for hands without a pointer. */
  nudge(key) {
    const { stage } = this;
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    if (key === "+") return this.action(key);
    if (!direction || !stage.canMoveStart || !stage.start) return null;
    return () => {
      const { width, height } = stage.contour.viewport;
      const [px, py] = stage.contour.place(stage.start);
      stage.moveStart(
        stage.contour.toStart(px + (direction[0] * width) / 50, py + (direction[1] * height) / 50),
      );
    };
  }

  destroy() {
    document.removeEventListener("keydown", this.onPage);
  }
}
