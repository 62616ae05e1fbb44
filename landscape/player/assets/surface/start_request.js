// Asking for new paths from another start: at most one request under way, the latest wish wins.

const PATIENCE = 3000;
const BUSY_AFTER = 300;

export class StartRequest {
  /** @param send called with what was asked, [x, y] and its gesture; `onBusy(bool)` tells of a late answer */
  constructor(send, onBusy) {
    Object.assign(this, { send, onBusy, pending: null, underway: false, timers: [] });
  }

  ask(...wish) {
    if (this.underway) {
      this.pending = wish;
      return;
    }
    this.underway = true;
    this.timers = [
      setTimeout(() => this.onBusy(true), BUSY_AFTER),
      setTimeout(() => this.settle(), PATIENCE),
    ];
    this.send(...wish);
  }

  /** An answer has come, or will not come: send what was wished meanwhile. Returns whether more is under way. */
  settle() {
    this.clear();
    const next = this.pending;
    this.pending = null;
    if (next) this.ask(...next);
    return next !== null;
  }

  clear() {
    this.timers.forEach(clearTimeout);
    this.underway = false;
    this.onBusy(false);
  }
}
