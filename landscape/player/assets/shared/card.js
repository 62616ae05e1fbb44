// The card of an animated view: what its size, theme and words need, and the lecture view that fills the screen.
import { el } from "./dom.js";
import { Screen } from "./fullscreen.js";
import { dress } from "./theme.js";

/** How much larger everything is drawn on a full screen, at most. */
const LECTURE = 1.5;

export class Card {
  /** @param player the view, told through invalidate("all") that its card has changed */
  constructor(player) {
    Object.assign(this, { player, visible: false });
    this.probe = el("i", { class: "probe", "aria-hidden": "true" });
    this.live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
    this.busy = el("div", { class: "busy", hidden: true });
  }

  /** Put the card on the page. @param watched parts whose size counts beside the card's */
  place(root, card, watched = []) {
    this.card = card;
    root.append(card);
    this.observer = new ResizeObserver(() => this.player.invalidate("all"));
    for (const node of [card, ...watched]) this.observer.observe(node);
    this.screen = new Screen(card, () => this.onFull());
  }

  /** Read the scale of all drawing: `unit` px to one px of the visual language, `ratio` device pixels to a px. */
  rescale(width, narrow) {
    const { player, full } = this;
    player.unit = full ? Math.min(LECTURE, Math.max(1, width / narrow)) : 1;
    player.ratio = Math.min(3, window.devicePixelRatio || 1);
    this.card.style.setProperty("--u", String(player.unit));
  }

  get full() {
    return this.screen.full;
  }

  toggleFull() {
    return this.screen.toggle();
  }

  onFull() {
    this.player.invalidate("all");
  }

  setTheme(theme) {
    dress(this.card, theme);
  }

  say(words) {
    this.live.textContent = words ?? "";
  }

  showBusy(busy) {
    this.busy.hidden = !busy;
  }

  destroy() {
    this.observer.disconnect();
    this.screen.destroy();
    this.card.remove();
  }
}
