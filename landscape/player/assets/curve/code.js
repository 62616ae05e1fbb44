// The loop that runs, line by line, with the numbers of this step.
import { moveOf, slopeOf } from "./payload.js";
import { el } from "../shared/dom.js";
import { number } from "../shared/format.js";

export class CodePanel {
  constructor() {
    this.root = el("div", { class: "code", hidden: true });
    this.rows = [];
  }

  setScene({ code }) {
    this.root.hidden = code.length === 0;
    this.rows = code.map(({ line, live }) => {
      const text = el("code");
      text.textContent = line;
      const now = el("span");
      return { live, now, root: el("div", { class: "line" }, text, now) };
    });
    this.root.replaceChildren(...this.rows.map(({ root }) => root));
  }

  /** @param step how many are done; `moving`: whether the ball is between two */
  show(scene, ball, rate, step, moving) {
    const { path, end } = ball;
    const k = Math.min(step, end);
    const x = path[k];
    const slope = slopeOf(scene, ball, k);
    const next = k < end ? path[k + 1] : NaN;
    const known = {
      step: k,
      x,
      slope: Number.isFinite(slope) ? slope : (x - next) / rate,
      rate,
      move: k < end ? moveOf(ball, k) : NaN,
      next,
    };
    for (const { live, now, root } of this.rows) {
      const needs = [...live.matchAll(/{(\w+)}/g)].map(([, name]) => name);
      const words = needs.every((name) => Number.isFinite(known[name]))
        ? live.replace(/{(\w+)}/g, (_, name) =>
            needs.length > 1 ? bracketed(name, known[name]) : number(known[name]),
          )
        : "";
      if (now.textContent !== words) now.textContent = words;
      root.classList.toggle(
        "now",
        words !== "" && needs.includes(moving ? "next" : "slope") && (moving || needs.length === 1),
      );
    }
  }
}

/** A negative slope stands in brackets where it is multiplied. */
const bracketed = (name, value) => (name === "slope" && value < 0 ? `(${number(value)})` : number(value));
