// The card: which parts stand where at which width, full screen, and what the page may read of the stage's state.
import { Card } from "../shared/card.js";
import { el } from "../shared/dom.js";
import { isStill, stepAt } from "./payload.js";
import { fitScrub } from "../shared/scrub.js";

const VIEWS = ["contour", "terrain"];
const NARROW = 680;
/** The one view of a narrow stage: its height as a share of its width, within bounds, in px. */
const NARROW_VIEW = { share: 0.6, least: 290, most: 400 };
const WIDE_VIEW = 330;
const MEDIUM = 900;

export class Layout extends Card {
  constructor(stage, root) {
    super(stage);
    Object.assign(this, { stage, view: "contour", narrow: null });
    this.switches = VIEWS.map((view) => el("button", { type: "button", onclick: () => this.show(view) }));
    this.switch = el("div", { class: "segments switch", role: "group" }, ...this.switches);
    this.heading = el("strong", { class: "heading", hidden: true });
    this.head = el("div", { class: "head" });
    this.views = el("div", { class: "views" }, stage.contour.root, stage.terrain.root, stage.bar.root);
    this.scrub = el("input", { type: "range", min: "0", step: "1", class: "scrub" });
    this.scrub.addEventListener("input", () => stage.seek(Number(this.scrub.value)));
    const ring = el("div", { class: "scrub-focus" });
    this.timeline = el("div", { class: "timeline" }, stage.strip.canvas, this.scrub, ring);
    const card = el(
      "div",
      { class: "stage" },
      this.probe,
      this.busy,
      this.head,
      this.views,
      this.timeline,
      stage.transport.root,
      this.live,
    );
    this.place(root, card, [stage.contour.root, stage.terrain.root]);
    this.followPointer(stage.strip.canvas);
  }

  get showsContour() {
    return !this.narrow || this.view === "contour";
  }

  get showsTerrain() {
    return !this.narrow || this.view === "terrain";
  }

  setText(text) {
    this.card.lang = this.stage.scene.language ?? "";
    VIEWS.forEach((view, k) => {
      this.switches[k].textContent = text[view] ?? "";
    });
    this.scrub.setAttribute("aria-label", text.scrub ?? "");
    this.card.setAttribute("role", "group");
    this.card.setAttribute("aria-label", text.stage_label ?? "");
    this.heading.textContent = this.stage.scene.heading ?? "";
    this.heading.hidden = !this.stage.scene.heading;
    this.stage.contour.moving.title = this.stage.canMoveStart ? (text.drag_hint ?? "") : "";
  }

  show(view) {
    this.view = view;
    this.stage.invalidate("layout");
  }

  /** Read the boxes the page gives, choose the arrangement, hand every part its size. */
  measure() {
    const { stage, card } = this;
    const width = card.clientWidth;
    this.visible = width > 0;
    if (!this.visible) return;
    this.rescale(width, NARROW);
    this.arrange(width / stage.unit < NARROW);
    const { share, least, most } = NARROW_VIEW;
    const narrowView = Math.min(most, Math.max(least, (share * width) / stage.unit));
    card.style.setProperty("--view", `${this.narrow ? narrowView : WIDE_VIEW}px`);
    card.classList.toggle("medium", !this.narrow && width / stage.unit < MEDIUM);
    const size = (pane) => [pane.root.clientWidth, pane.root.clientHeight];
    if (this.showsContour) stage.contour.resize(...size(stage.contour));
    if (this.showsTerrain) stage.terrain.resize(...size(stage.terrain), stage.ratio, stage.unit);
    const { strip } = stage;
    strip.layout(width, this.narrow, stage.unit, stage.ratio);
    fitScrub(this.scrub, strip.left, width - strip.right, stage.unit);
  }

  /** Desktop: legend above, two views. Phone: switch and tools above, one view, legend below. */
  arrange(narrow) {
    const { legend, transport, contour, terrain } = this.stage;
    if (narrow !== this.narrow) {
      this.narrow = narrow;
      this.card.classList.toggle("narrow", narrow);
      this.head.replaceChildren(this.heading, ...(narrow ? [this.switch, transport.tools] : [legend.root]));
      if (narrow) transport.root.after(legend.root);
      else transport.root.append(transport.tools);
    }
    const { scene, bar } = this.stage;
    this.card.classList.toggle("still", isStill(scene));
    this.head.hidden = !narrow && isStill(scene) && !scene.heading;
    bar.root.hidden = !scene.surface.axes;
    contour.root.hidden = !this.showsContour;
    terrain.root.hidden = !this.showsTerrain;
    VIEWS.forEach((view, k) => this.switches[k].setAttribute("aria-pressed", String(view === this.view)));
  }

  updateControls() {
    const { stage } = this;
    const { clock, arrows, hidden, selected, theme, unit, ratio, scene, offered } = stage;
    const hasVelocity = Boolean(scene.runners.find((runner) => runner.id === selected)?.velocity);
    const steps = { stepAt: (row) => stepAt(scene, row), still: isStill(scene) };
    stage.transport.update({ clock, arrows, offered, hasVelocity, full: this.full, ...steps });
    stage.legend.update({ hidden, selected, theme, unit, ratio, narrow: this.narrow });
    this.scrub.max = String(clock.steps);
  }

  /** After every paint: what assistive technology and tests can see. */
  publish() {
    const { clock, scene, contour, transport } = this.stage;
    const { dataset } = this.card;
    const step = String(stepAt(scene, clock.whole));
    if (dataset.step !== step) {
      dataset.step = step;
      transport.showStep(clock, (row) => stepAt(scene, row));
      this.scrub.value = String(clock.whole);
      this.scrub.setAttribute("aria-valuetext", this.stage.stepText());
    }
    const state = {
      revision: scene.revision ?? "",
      playing: String(clock.playing),
      runners: String(scene.runners.length),
      zoom: contour.viewport.k.toFixed(3),
    };
    for (const [name, value] of Object.entries(state)) if (dataset[name] !== value) dataset[name] = value;
  }

  /** Pressing and moving on the strip scrubs as well. */
  followPointer(canvas) {
    const { stage } = this;
    const seek = (event) =>
      stage.seek(stage.strip.toStep(event.clientX - canvas.getBoundingClientRect().left));
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !stage.scene) return;
      canvas.setPointerCapture(event.pointerId);
      seek(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) seek(event);
    });
  }

  onFull() {
    if (this.full) this.stage.contour.moving.focus({ preventScroll: true });
    super.onFull();
  }

  /** Every visible canvas with its place on the card, for the picture. */
  layers() {
    const { contour, terrain, strip, bar } = this.stage;
    const box = this.card.getBoundingClientRect();
    const top = this.views.getBoundingClientRect().top;
    const canvases = [
      ...(this.showsContour ? [contour.still, contour.moving] : []),
      ...(this.showsTerrain ? [terrain.gl, terrain.overlay] : []),
      bar.canvas,
      strip.canvas,
    ].filter((canvas) => canvas.width > 1 && canvas.checkVisibility());
    const layers = canvases.map((canvas) => {
      const { left, top: y, width, height } = canvas.getBoundingClientRect();
      return { canvas, left: left - box.left, top: y - top, width, height };
    });
    return {
      layers,
      size: { width: box.width, height: Math.max(...layers.map((layer) => layer.top + layer.height)) },
    };
  }
}
