// The boundary stage's card: a legend of classes, panels in rows, one scrub and one row of controls.
import { drawSample } from "./points.js";
import { Card } from "../shared/card.js";
import { el, fitCanvas } from "../shared/dom.js";
import { stepAt } from "../surface/payload.js";
import { SCRUB_HEIGHT, fitScrub, paintThumb, paintTrack } from "../shared/scrub.js";

const NARROW = 520;
const MEDIUM = 900;
/** A panel is at least so wide and at most so high, px; its picture's height as a share of its width, within bounds. */
const PANEL = { least: 230, highest: 420, flattest: 0.6, tallest: 1 };
const HEAD = 50;
const INSET = 20;

export class BoundaryLayout extends Card {
  constructor(view, root) {
    super(view);
    this.view = view;
    this.heading = el("strong", { class: "heading" });
    this.classes = el("div", { class: "legend", role: "group" });
    this.head = el("div", { class: "head" }, this.heading, this.classes);
    this.panels = el("div", { class: "panels" });
    this.track = el("canvas", { class: "strip", "aria-hidden": "true" });
    this.scrub = el("input", { type: "range", min: "0", step: "1", class: "scrub" });
    this.scrub.addEventListener("input", () => view.seek(Number(this.scrub.value)));
    this.timeline = el(
      "div",
      { class: "timeline" },
      this.track,
      this.scrub,
      el("div", { class: "scrub-focus" }),
    );
    this.controls = el("div", { class: "controls" }, this.timeline, view.transport.root);
    const card = el(
      "div",
      { class: "stage boundary", role: "group" },
      this.probe,
      this.head,
      this.panels,
      this.controls,
      this.live,
    );
    this.place(root, card);
  }

  onFull() {
    if (this.full) this.scrub.focus({ preventScroll: true });
    super.onFull();
  }

  setScene({ text, language, title, heading, classes }) {
    this.card.lang = language;
    this.card.setAttribute("aria-label", `${text.boundary_label ?? ""} ${title}`.trim());
    this.heading.textContent = heading;
    this.heading.hidden = !heading;
    this.scrub.setAttribute("aria-label", text.scrub ?? "");
    this.classes.setAttribute("aria-label", text.classes ?? "");
    this.samples = classes.map((name) => {
      const words = el("span", { class: "name" });
      words.textContent = name;
      const sample = el("canvas", { "aria-hidden": "true" });
      return { sample, name: words, root: el("span", { class: "chip" }, sample, words) };
    });
    const key = el("span", { class: "key" });
    key.textContent = text.points_key ?? "";
    this.classes.replaceChildren(...this.samples.map(({ root }) => root), key);
    this.panels.replaceChildren(...this.view.panels.map(({ root }) => root));
  }

  /** Read the box that the page gives, and divide it among the panels. */
  measure() {
    const { view, card, full } = this;
    const width = card.clientWidth;
    this.visible = width > 0;
    if (!this.visible) return;
    this.rescale(width, NARROW);
    this.arrange(width / view.unit < NARROW);
    card.classList.toggle("medium", width / view.unit >= NARROW && width / view.unit < MEDIUM);
    this.fit(
      width,
      full ? card.clientHeight - this.head.offsetHeight - this.controls.offsetHeight : Infinity,
    );
    const { unit, ratio } = view;
    this.samples.forEach(({ sample }, k) =>
      drawSample(sample, view.theme.classes[k], view.theme, unit, ratio),
    );
    this.width = width;
    fitCanvas(this.track, width, SCRUB_HEIGHT * unit, ratio);
    fitScrub(this.scrub, INSET * unit, width - INSET * unit, unit);
  }

  /** On a phone the tools stand beside the legend: there is no room for them beside the play button. */
  arrange(narrow) {
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    this.card.classList.toggle("narrow", narrow);
    (narrow ? this.head : this.view.transport.root).append(this.view.transport.tools);
  }

  /** Columns and the panels' size; on a full screen as large as the height allows. */
  fit(width, height) {
    const {
      view: {
        unit,
        panels,
        scene: {
          picture: { x, y },
        },
      },
    } = this;
    const ratio = Math.min(PANEL.tallest, Math.max(PANEL.flattest, (y[1] - y[0]) / (x[1] - x[0])));
    const count = panels.length;
    const most = Math.max(1, Math.min(4, Math.floor(width / unit / PANEL.least)));
    const sizes = Array.from({ length: Math.min(count, most) }, (_, k) => {
      const columns = k + 1;
      const rows = Math.ceil(count / columns);
      const wide = (width - columns + 1) / columns;
      const tall = Math.min(wide * ratio, PANEL.highest * unit, height / rows - HEAD * unit);
      return { columns, rows, wide, tall };
    });
    // On the page as many columns as there is room for, evenly filled; on a full screen the largest pictures.
    const even = Math.ceil(count / Math.ceil(count / Math.min(count, most)));
    const best = this.full ? sizes.reduce((a, b) => (b.tall > a.tall ? b : a)) : sizes[even - 1];
    this.panels.style.gridTemplateColumns = `repeat(${best.columns}, minmax(0, 1fr))`;
    // A picture that its height holds back keeps its proportions.
    this.panelWidth = Math.max(1, Math.ceil(Math.min(best.wide, best.tall / ratio)));
    this.panelHeight = Math.max(1, Math.floor(best.tall));
  }

  updateControls() {
    const { view } = this;
    const stepOf = (row) => stepAt(view.scene, row);
    view.transport.update({
      clock: view.clock,
      arrows: {},
      offered: new Set(),
      hasVelocity: false,
      full: this.full,
      stepAt: stepOf,
      still: view.clock.steps === 0,
    });
    this.scrub.max = String(view.clock.steps);
    this.timeline.hidden = view.clock.steps === 0;
  }

  paintScrub(clock, theme) {
    const {
      view: { unit, ratio },
      width,
      track,
    } = this;
    const ctx = track.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, SCRUB_HEIGHT * unit);
    const [left, right, y] = [INSET * unit, width - INSET * unit, (SCRUB_HEIGHT / 2) * unit];
    const x = left + (right - left) * (clock.steps ? clock.step / clock.steps : 0);
    paintTrack(ctx, left, x, right, y, theme, unit);
    paintThumb(ctx, x, y, theme, unit);
  }

  /** After every paint: what assistive technology and tests can see. */
  publish() {
    const {
      view: { clock, scene, panels, transport },
      card: { dataset },
    } = this;
    const step = `${scene.revision} ${clock.whole}`;
    if (this.published !== step) {
      this.published = step;
      dataset.step = String(stepAt(scene, clock.whole));
      transport.showStep(clock, (row) => stepAt(scene, row));
      this.scrub.value = String(clock.whole);
      this.scrub.setAttribute("aria-valuetext", this.view.stepText());
      for (const panel of panels) panel.publish(clock.whole);
    }
    const state = { revision: scene.revision, playing: String(clock.playing), panels: String(panels.length) };
    for (const [name, value] of Object.entries(state)) if (dataset[name] !== value) dataset[name] = value;
  }

  /** Every panel's canvases and words with their places, for the picture. */
  layers() {
    const { panels, unit } = this.view;
    const box = this.panels.getBoundingClientRect();
    const at = (node) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      return { left: left - box.left, top: top - box.top, width, height };
    };
    const layers = panels.flatMap(({ canvas, sample }) =>
      [canvas, sample].map((node) => ({ canvas: node, ...at(node) })),
    );
    const words = panels.flatMap(({ name, readout }) =>
      [name, readout].map((node) => {
        const { left, top, height } = at(node);
        return { text: node.textContent, left, top: top + height / 2 };
      }),
    );
    const samples = this.samples.map(({ sample, name }) => ({
      sample,
      name: name.textContent,
      width: 36 * unit,
      height: 20 * unit,
    }));
    return { layers, words, samples, size: { width: box.width, height: box.height } };
  }
}
