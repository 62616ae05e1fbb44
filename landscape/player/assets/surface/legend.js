// The legend: a chip for each runner. A click hides or shows it, a long press selects it for the arrows.
import { el } from "../shared/dom.js";
import { drawSample } from "../shared/sample.js";
import { slotOf } from "../shared/theme.js";

const LONG_PRESS = 450;

export class Legend {
  /** @param actions - {toggle(id), select(id)} */
  constructor(actions) {
    this.actions = actions;
    this.root = el("div", { class: "legend", role: "group" });
    this.chips = new Map();
  }

  setScene(scene) {
    this.text = scene.text;
    this.root.setAttribute("aria-label", scene.text.legend ?? "");
    this.chips = new Map(scene.runners.map((runner) => [runner.id, this.chip(runner)]));
    this.root.replaceChildren(...[...this.chips.values()].map(({ button }) => button));
  }

  chip(runner) {
    const sample = el("canvas", { "aria-hidden": "true" });
    const name = el("span", { class: "name" });
    name.textContent = runner.name;
    const button = el("button", { type: "button", class: "chip" }, sample, name);
    let timer = 0;
    let held = false;
    button.addEventListener("pointerdown", () => {
      held = false;
      timer = setTimeout(() => {
        held = true;
        this.actions.select(runner.id);
      }, LONG_PRESS);
    });
    for (const kind of ["pointerup", "pointerleave", "pointercancel"]) {
      button.addEventListener(kind, () => clearTimeout(timer));
    }
    button.addEventListener("contextmenu", (event) => event.preventDefault());
    button.addEventListener("click", (event) => {
      if (event.shiftKey) this.actions.select(runner.id);
      else if (!held) this.actions.toggle(runner.id);
      held = false;
    });
    return { button, sample, name, runner };
  }

  get overflows() {
    return this.root.scrollWidth > this.root.clientWidth + 1;
  }

  /** @param state - {hidden: Set, selected: id, theme, unit, ratio, narrow} */
  update({ hidden, selected, theme, unit, ratio, narrow }) {
    this.root.classList.remove("tight");
    for (const { button, sample, name, runner } of this.chips.values()) {
      const off = hidden.has(runner.id);
      button.setAttribute("aria-pressed", String(!off));
      button.classList.toggle("selected", runner.id === selected && !off);
      button.title = `${runner.name} \u00b7 ${(off ? this.text.show : this.text.hide) ?? ""}`;
      name.textContent = runner.name;
      drawSample(sample, slotOf(theme, runner.slot), theme, unit, ratio, narrow ? 26 : 34);
    }
    if (narrow) {
      for (const { name, runner } of this.chips.values()) {
        if (name.scrollWidth > name.clientWidth) name.textContent = runner.short || runner.name;
      }
      return;
    }
    // Eight long names do not fit one row: then all of them are shortened alike, drawn closer together, and cut.
    if (!this.overflows) return;
    for (const { name, runner } of this.chips.values()) name.textContent = runner.short || runner.name;
    if (!this.overflows) return;
    this.root.classList.add("tight");
    for (const { sample, runner } of this.chips.values()) {
      drawSample(sample, slotOf(theme, runner.slot), theme, unit, ratio, 22);
    }
  }
}
