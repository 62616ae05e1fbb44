// What the ground hides: a ray from a place on the sheet towards the eye, remembered until the camera moves.
import { HEIGHT } from "./terrain_mesh.js";

/** Places along an axis that share one answer. */
const PLACES = 160;
const STRIDE = 0.02;
/** A ray starts this far above the ground and may graze it by so much. */
const ABOVE = 0.012;
const GRAZE = 0.004;

export class Sight {
  constructor(sheet, eye) {
    this.sheet = sheet;
    this.eye = eye;
    this.known = new Int8Array(PLACES * PLACES).fill(-1);
  }

  /** Whether the eye sees the ground at (x, y) in [-1, 1]. */
  sees(x, y) {
    const index = (v) => Math.min(PLACES - 1, Math.max(0, Math.floor(((v + 1) / 2) * PLACES)));
    const k = index(x) * PLACES + index(y);
    if (this.known[k] < 0) this.known[k] = this.march(x, y) ? 1 : 0;
    return this.known[k] === 1;
  }

  march(x, y) {
    const z = this.sheet.height(x, y) + ABOVE;
    const [dx, dy, dz] = [this.eye[0] - x, this.eye[1] - y, this.eye[2] - z];
    const length = Math.hypot(dx, dy);
    for (let s = STRIDE; s < length; s += STRIDE) {
      const [px, py, pz] = [x + (dx * s) / length, y + (dy * s) / length, z + (dz * s) / length];
      if (pz > HEIGHT || Math.abs(px) > 1 || Math.abs(py) > 1) return true;
      if (this.sheet.height(px, py) > pz + GRAZE) return false;
    }
    return true;
  }
}
