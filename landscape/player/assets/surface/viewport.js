// Which part of the domain the contour shows, and where on the canvas each of its points lies.

const MOST_ZOOM = 40;

export class Viewport {
  constructor() {
    this.width = 1;
    this.height = 1;
    /** @type {Interval} */
    this.x = [0, 1];
    /** @type {Interval} */
    this.y = [0, 1];
    this.k = 1;
    this.u = 0;
    this.v = 0;
  }

  /** Show the whole domain. The window is [u, u + 1/k] x [v, v + 1/k] in units of the domain. */
  reset() {
    this.k = 1;
    this.u = 0;
    this.v = 0;
  }

  /**
   * A new domain is a new map: its zoom starts over.
   * @param {Interval} x
   * @param {Interval} y
   */
  setDomain(x, y) {
    if ([...x, ...y].join() === [...this.x, ...this.y].join()) return;
    this.x = x;
    this.y = y;
    this.reset();
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
  }

  /** @param {number} x */
  toX(x) {
    return ((x - this.x[0]) / (this.x[1] - this.x[0]) - this.u) * this.k * this.width;
  }

  /** @param {number} y */
  toY(y) {
    return this.height - ((y - this.y[0]) / (this.y[1] - this.y[0]) - this.v) * this.k * this.height;
  }

  /** @param {number} px */
  fromX(px) {
    return this.x[0] + (this.u + px / (this.k * this.width)) * (this.x[1] - this.x[0]);
  }

  /** @param {number} py */
  fromY(py) {
    return this.y[0] + (this.v + (this.height - py) / (this.k * this.height)) * (this.y[1] - this.y[0]);
  }

  /**
   * Zoom about a point of the canvas, which stays where it is.
   * @param {number} px
   * @param {number} py
   * @param {number} factor
   */
  zoomAt(px, py, factor) {
    const k = Math.min(MOST_ZOOM, Math.max(1, this.k * factor));
    const right = px / this.width;
    const up = 1 - py / this.height;
    this.u += right / this.k - right / k;
    this.v += up / this.k - up / k;
    this.k = k;
    this.clamp();
  }

  /**
   * @param {number} dx
   * @param {number} dy
   */
  panBy(dx, dy) {
    this.u -= dx / (this.k * this.width);
    this.v += dy / (this.k * this.height);
    this.clamp();
  }

  /** The window never leaves the domain: nothing was computed out there. */
  clamp() {
    const most = 1 - 1 / this.k;
    this.u = Math.min(most, Math.max(0, this.u));
    this.v = Math.min(most, Math.max(0, this.v));
  }

  /**
   * @param {number} px
   * @param {number} py
   */
  contains(px, py, margin = 0) {
    return px >= margin && py >= margin && px <= this.width - margin && py <= this.height - margin;
  }

  get key() {
    return [this.width, this.height, this.k, this.u, this.v].join();
  }
}
