// A Plotly figure that is changed in place. Plotly itself comes from the server's Plotly package, once a page.

import { isFigure, room } from "./plotly_inside.js";

const LIBRARY = new URL("../../plotly.library/plotly.min.js", import.meta.url).href;
const TYPES = ['400 14px "Source Sans"', '600 14px "Source Sans"'];
// Beneath a finger the tools would always show, on top of the legend.
const HOVERS = matchMedia("(hover: hover)");
const CHARTS = new WeakMap();
let plotly = null;

/** Plotly, loaded with the first figure. */
function load() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // Plotly measures its words once: in the type they are to stand in.
    script.onload = () =>
      Promise.allSettled(TYPES.map((type) => document.fonts.load(type))).then(() => resolve(window.Plotly));
    script.onerror = () => reject(new Error(`cannot load ${LIBRARY}`));
    script.src = LIBRARY;
    document.head.append(script);
  });
  return plotly;
}

const FULL = {
  width: 24,
  height: 24,
  path: "M4 9V4h5v2H6v3zM15 4h5v5h-2V6h-3zM20 15v5h-5v-2h3v-3zM9 20H4v-5h2v3h3z",
};
const filling = () => ({ width: window.innerWidth, height: window.innerHeight });

/** What a point stands for: a cell of a map says it itself. */
const place = ({ x, y, customdata }) => (Array.isArray(customdata) ? customdata.slice(0, 2) : [x, y]);

class Chart {
  constructor(parent) {
    this.host = document.createElement("div");
    this.host.setAttribute("role", "figure");
    this.host.dataset.testid = "chart";
    parent.append(this.host);
    this.host.addEventListener("fullscreenchange", () => this.fill());
    this.wished = this.drawing = this.sizing = null;
    this.width = this.height = 0;
    this.margin = {};
    this.sizes = new ResizeObserver(([entry]) => this.resized(entry.contentRect.width));
    this.sizes.observe(parent);
    this.seen = false;
    this.views = new IntersectionObserver((entries) => {
      this.seen = entries.at(-1).isIntersecting;
      this.begin();
    });
    this.views.observe(parent);
    this.print = () => this.begin(true);
    addEventListener("beforeprint", this.print);
  }

  /** Show a message: a change waits until the figure is in sight, for what nobody sees need not be drawn. */
  show(message) {
    this.wished = message;
    this.host.setAttribute("aria-label", message.alt);
    this.begin();
  }

  /** Draw what is wished; of the messages that come while one is drawn, the last. */
  begin(unseen = false) {
    if (!this.wished || !(this.seen || unseen || !this.isDrawn())) return;
    this.drawing ??= this.draw().finally(() => {
      this.drawing = null;
    });
  }

  async draw() {
    const Plotly = await load();
    while (this.wished) {
      const { figure, full, picks } = this.wished;
      this.wished = null;
      this.height = figure.layout.height;
      figure.layout = {
        ...figure.layout,
        ...(this.isFull() ? filling() : {}),
        margin: { ...figure.layout.margin, ...this.margin },
      };
      const first = !this.isDrawn();
      await Plotly.react(this.host, figure.data, figure.layout, this.config(full));
      this.keepMargin();
      if (first && picks) this.host.on("plotly_click", ({ points: [point] }) => this.pick(place(point)));
    }
  }

  /** Room that numbers once took at the sides stays theirs: the frame does not jump, and Plotly draws once, not twice. */
  keepMargin() {
    this.margin = room(this.host);
  }

  /** Plotly's tools and one more, which Plotly lacks; without its name there are none. */
  config(full) {
    if (this.full !== full) {
      const click = () => (this.isFull() ? document.exitFullscreen() : this.host.requestFullscreen());
      const modeBarButtonsToAdd = full ? [{ name: full, title: full, icon: FULL, click }] : [];
      const displayModeBar = full && HOVERS.matches ? "hover" : false;
      this.settings = { displaylogo: false, displayModeBar, modeBarButtonsToAdd };
      this.full = full;
    }
    return this.settings;
  }

  isDrawn() {
    return isFigure(this.host);
  }

  isFull() {
    return document.fullscreenElement === this.host;
  }

  /** The figure fills a full screen; afterwards it is as wide as its place and as high as it was. */
  fill() {
    this.margin = {};
    this.sizing = window.Plotly.relayout(
      this.host,
      this.isFull() ? filling() : { width: null, height: this.height, autosize: true },
    );
  }

  resized(width) {
    if (width === this.width) return;
    this.width = width;
    this.margin = {};
    if (width && this.isDrawn()) this.sizing = window.Plotly.Plots.resize(this.host);
  }

  remove() {
    this.sizes.disconnect();
    this.views.disconnect();
    removeEventListener("beforeprint", this.print);
    this.wished = null;
    this.host.remove();
    // Plotly ends what it has begun, and the figure has to be whole until then.
    Promise.allSettled([this.drawing, this.sizing]).then(() => window.Plotly?.purge(this.host));
  }
}

export default function chart({ data, parentElement, setTriggerValue }) {
  let chart = CHARTS.get(parentElement);
  if (!chart) CHARTS.set(parentElement, (chart = new Chart(parentElement)));
  chart.pick = (point) => setTriggerValue("picked", point);
  const message = new TextDecoder().decode(data);
  if (message !== chart.message) chart.show(JSON.parse((chart.message = message)));
  return () => {
    chart.remove();
    CHARTS.delete(parentElement);
  };
}
