// The curve stage's card: the curve, the slider of rates and the transport in one box, the map of all runs below.
import { CodePanel } from "./code.js";
import { paintSample } from "./outcomes.js";
import { RATES_HEIGHT } from "./rates.js";
import { Card } from "../shared/card.js";
import { el, fitCanvas } from "../shared/dom.js";
import { fitScrub } from "../shared/scrub.js";

const NARROW = 520;
const MEDIUM = 900;
const HEIGHT = { plot: 296, narrow: 250, map: 184, least: 200 };
/** Around the boxes of a full screen, and between them. */
const MARGIN = 32;
const INSET = { wide: [44, 24], narrow: [34, 14] };

export class CurveLayout extends Card {
  constructor(view, root) {
    super(view);
    this.view = view;
    this.plot = el("canvas", { class: "plot", role: "img", tabindex: "0" });
    this.label = el("span");
    this.value = el("b");
    this.track = el("canvas", { "aria-hidden": "true" });
    this.slider = el("input", { type: "range", min: "0", max: "1", step: "0.002", class: "scrub" });
    this.slider.addEventListener("input", () => view.slide(Number(this.slider.value)));
    this.slider.addEventListener("change", () => view.endGesture());
    this.rates = el(
      "div",
      { class: "rates" },
      el("div", { class: "rate-head" }, this.label, this.value),
      el("div", { class: "rate-track" }, this.track, this.slider, el("div", { class: "scrub-focus" })),
    );
    this.code = new CodePanel();
    this.box = el("div", { class: "box" }, this.plot, this.code.root, this.rates, view.transport.root);
    this.heading = el("strong");
    this.count = el("span", { class: "count" });
    this.legend = el("div", { class: "outcomes" });
    this.map = el("canvas", { class: "map", role: "img", tabindex: "0" });
    this.every = el(
      "div",
      { class: "every" },
      el("div", { class: "every-head" }, this.heading, this.count, this.legend),
      this.map,
    );
    const card = el(
      "div",
      { class: "stage curve", role: "group" },
      this.probe,
      this.busy,
      this.box,
      this.every,
      this.live,
    );
    this.place(root, card);
  }

  setScene(scene) {
    const { text, language, title, rate, gridCodes, outcomes } = scene;
    this.code.setScene(scene);
    this.card.lang = language;
    this.card.setAttribute("aria-label", `${text.label} ${title}`);
    this.plot.setAttribute("aria-label", `${text.plot} ${title}`);
    this.slider.setAttribute("aria-label", text.rate);
    this.map.setAttribute("aria-label", text.map);
    this.label.textContent = text.rate;
    this.rates.hidden = !rate;
    this.every.hidden = !gridCodes && !Object.keys(outcomes).length;
    this.map.hidden = this.heading.hidden = this.count.hidden = !gridCodes;
    this.heading.textContent = text.every;
    this.count.textContent = gridCodes
      ? text.runs.replace("{count}", gridCodes.length.toLocaleString(language))
      : "";
    this.samples = Object.entries(outcomes).map(([name, words]) => {
      const sample = el("canvas", { "aria-hidden": "true" });
      const label = el("span");
      label.textContent = words;
      return { name, sample, words, root: el("span", { class: "chip" }, sample, label) };
    });
    this.legend.replaceChildren(...this.samples.map(({ root }) => root));
  }

  measure() {
    const { view, card, full } = this;
    const width = this.box.clientWidth;
    this.visible = width > 0;
    if (!this.visible) return;
    this.rescale(width, NARROW);
    const { unit, ratio } = view;
    const narrow = width / unit < NARROW;
    card.classList.toggle("narrow", narrow);
    card.classList.toggle("medium", width / unit < MEDIUM && !narrow);
    const [near, far] = INSET[narrow ? "narrow" : "wide"].map((inset) => inset * unit);
    this.trackBox = { width, unit, ratio, left: near, right: width - far };
    this.mapBox = { ...this.trackBox, height: (HEIGHT.map + 24) * unit };
    this.track.style.height = `${RATES_HEIGHT * unit}px`;
    this.map.style.height = `${this.mapBox.height}px`;
    const height = full ? this.room() : HEIGHT[narrow ? "narrow" : "plot"];
    this.plotBox = { width, height, unit, ratio };
    this.plot.style.height = `${height}px`;
    fitCanvas(this.plot, width, height, ratio);
    fitScrub(this.slider, near, width - far, unit);
    for (const { name, sample } of this.samples) paintSample(sample, name, view.theme, 14 * unit, ratio);
  }

  /** What the curve may take of a full screen, beside everything else that stands there. */
  room() {
    const below = this.every.hidden ? 0 : this.every.offsetHeight;
    const rest = this.box.offsetHeight - this.plot.offsetHeight + below;
    return Math.max(HEIGHT.least, window.innerHeight - rest - MARGIN * this.view.unit);
  }

  updateControls() {
    const { view } = this;
    view.transport.update({
      clock: view.clock,
      arrows: {},
      offered: new Set(),
      hasVelocity: false,
      full: this.full,
      stepAt: (row) => row,
      still: view.clock.steps === 0,
    });
  }

  showRate(text, share) {
    if (this.value.textContent !== text) this.value.textContent = text;
    const now = String(share);
    if (Number(this.slider.value) !== share) this.slider.value = now;
    this.slider.setAttribute("aria-valuetext", text);
  }

  /** What of the stage is a picture, with its place. */
  layers() {
    const home = this.card.getBoundingClientRect();
    const shown = [this.plot, this.track, this.map].filter((canvas) => canvas.offsetParent !== null);
    const layers = shown.map((canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return { canvas, left: left - home.left, top: top - home.top, width, height };
    });
    const samples = this.samples.map(({ sample, words }) => ({ sample, name: words, width: 14, height: 14 }));
    return { layers, samples, size: { width: home.width, height: home.height } };
  }
}
