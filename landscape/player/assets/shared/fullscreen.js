// The lecture view: a card that fills the screen.

export class Screen {
  /** @param onChange called with whether the card fills the screen now */
  constructor(card, onChange) {
    Object.assign(this, { card, onChange, full: false });
    this.onFull = () => this.set((card.getRootNode().fullscreenElement ?? null) === card);
    document.addEventListener("fullscreenchange", this.onFull);
  }

  /** A browser that cannot give the screen away (a phone's) gives the whole page. */
  async toggle() {
    if (this.full) {
      if (this.card.getRootNode().fullscreenElement) await document.exitFullscreen();
      else this.set(false);
      return;
    }
    try {
      await this.card.requestFullscreen();
    } catch {
      this.set(true);
    }
  }

  set(full) {
    if (full === this.full) return;
    this.full = full;
    this.card.classList.toggle("full", full);
    this.onChange(full);
  }

  destroy() {
    document.removeEventListener("fullscreenchange", this.onFull);
  }
}
