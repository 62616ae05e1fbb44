// The row of controls: start, back, play, forward, step, speed, loop; arrows, download, full screen.
import { el, icon, iconButton, relabel } from "./dom.js";
import { SPEEDS } from "./clock.js";

const ARROWS = [
  ["gradient", "\u2212\u2207f"],
  ["velocity", "v"],
  ["update", "\u0394"],
];

export class Transport {
  /** @param act - {first, back, toggle, forward, speed(s), loop, arrow(kind), image, table, fullscreen} */
  constructor(act) {
    this.buttons = {
      first: iconButton("first", "", act.first),
      back: iconButton("back", "", act.back),
      play: iconButton("play", "", act.toggle, { class: "icon play" }),
      forward: iconButton("forward", "", act.forward),
      loop: iconButton("loop", "", act.loop, { class: "icon toggle" }),
      download: iconButton("download", "", () => this.openMenu(this.menu.hidden), {
        "aria-haspopup": "true",
      }),
      fullscreen: iconButton("fullscreen", "", act.fullscreen),
      more: iconButton("arrows", "", () => this.openArrows(), { class: "icon more" }),
    };
    this.now = el("b");
    this.total = el("span");
    this.position = el("span", { class: "position" }, this.now, this.total);
    this.speedButtons = SPEEDS.map((speed) => {
      const button = el("button", { type: "button", onclick: () => act.speed(speed) });
      button.textContent = `${speed}\u00d7`;
      return button;
    });
    this.speeds = el("div", { class: "segments speeds", role: "group" }, ...this.speedButtons);
    this.speedSelect = el("select", {
      class: "speed",
      onchange: () => act.speed(Number(this.speedSelect.value)),
    });
    for (const speed of SPEEDS) {
      const option = el("option", { value: speed });
      option.textContent = `${speed}\u00d7`;
      this.speedSelect.append(option);
    }
    this.arrowButtons = ARROWS.map(([kind, symbol]) => {
      const button = el("button", { type: "button", onclick: () => act.arrow(kind) });
      button.textContent = symbol;
      return [kind, button];
    });
    this.arrowsLabel = el("span", { class: "caption" });
    this.arrows = el(
      "div",
      { class: "arrows", role: "group" },
      this.arrowsLabel,
      el("div", { class: "segments" }, ...this.arrowButtons.map(([, button]) => button)),
    );
    this.image = el("button", { type: "button", onclick: () => this.pick(act.image) });
    this.table = el("button", { type: "button", onclick: () => this.pick(act.table) });
    this.menu = el("div", { class: "menu", hidden: true }, this.image, this.table);
    const downloads = el("div", { class: "downloads" }, this.buttons.download, this.menu);
    downloads.addEventListener("focusout", (event) => {
      if (!downloads.contains(event.relatedTarget)) this.openMenu(false);
    });
    this.tools = el(
      "div",
      { class: "tools" },
      this.arrows,
      this.buttons.more,
      downloads,
      this.buttons.fullscreen,
    );
    const { first, back, play, forward, loop } = this.buttons;
    this.playing = [first, back, play, forward, this.position, this.speeds, loop, this.speedSelect];
    this.root = el("div", { class: "transport", role: "group" }, ...this.playing, this.tools);
  }

  setText(text) {
    this.text = text;
    relabel(this.buttons.first, text.first ?? "");
    relabel(this.buttons.back, text.back ?? "");
    relabel(this.buttons.forward, text.forward ?? "");
    relabel(this.buttons.loop, text.loop ?? "");
    relabel(this.buttons.download, text.download ?? "");
    relabel(this.buttons.more, text.arrows ?? "");
    relabel(this.speedSelect, text.speed ?? "");
    this.speeds.setAttribute("aria-label", text.speed ?? "");
    this.arrows.setAttribute("aria-label", text.arrows ?? "");
    this.arrowsLabel.textContent = text.arrows ?? "";
    for (const [kind, button] of this.arrowButtons) relabel(button, text[kind] ?? "");
    this.image.textContent = text.save_image ?? "";
    this.table.textContent = text.save_data ?? "";
  }

  /** @param state - {clock, arrows, offered: the kinds of arrows there are, hasVelocity, full, stepAt, still} */
  update({ clock, arrows, offered, hasVelocity, full, stepAt, still }) {
    const { play, fullscreen, loop, more } = this.buttons;
    this.showStep(clock, stepAt);
    for (const node of [...this.playing, this.table]) node.hidden = still;
    for (const node of [this.arrows, more]) node.hidden = offered.size === 0;
    if (play.dataset.playing !== String(clock.playing)) {
      play.dataset.playing = String(clock.playing);
      play.replaceChildren(icon(clock.playing ? "pause" : "play"));
    }
    relabel(play, (clock.playing ? this.text.pause : this.text.play) ?? "");
    fullscreen.replaceChildren(icon(full ? "exit" : "fullscreen"));
    relabel(fullscreen, (full ? this.text.exit_fullscreen : this.text.fullscreen) ?? "");
    loop.setAttribute("aria-pressed", String(clock.loop));
    SPEEDS.forEach((speed, k) =>
      this.speedButtons[k].setAttribute("aria-pressed", String(speed === clock.speed)),
    );
    this.speedSelect.value = String(clock.speed);
    for (const [kind, button] of this.arrowButtons) {
      button.hidden = !offered.has(kind);
      button.disabled = kind === "velocity" && !hasVelocity;
      button.setAttribute("aria-pressed", String(arrows[kind] && !button.disabled));
    }
  }

  /** @param stepAt the step of each row, where some were left out */
  showStep(clock, stepAt) {
    const now = String(stepAt(clock.whole));
    const total = ` / ${stepAt(clock.steps)}`;
    if (this.now.textContent !== now) this.now.textContent = now;
    if (this.total.textContent !== total) {
      this.total.textContent = total;
      // The widest number sets the width, so that the controls beside it stand still.
      this.position.style.setProperty("--digits", String(total.length - 3));
      this.position.classList.toggle("long", stepAt(clock.steps) > 999);
    }
  }

  openMenu(open) {
    this.menu.hidden = !open;
    this.buttons.download.setAttribute("aria-expanded", String(open));
  }

  openArrows() {
    const open = this.arrows.classList.toggle("open");
    this.buttons.more.setAttribute("aria-expanded", String(open));
  }

  pick(action) {
    this.openMenu(false);
    action();
  }
}
