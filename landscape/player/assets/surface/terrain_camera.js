// The camera that circles the terrain: where it stands, what it may do, and where a point of the world appears.

const RADIANS = Math.PI / 180;
const HOME = { azimuth: 38, elevation: 40, distance: 4.6 };
const ELEVATION = [10, 85];
const DISTANCE = [2, 9];
const HALF_FIELD = Math.tan(15 * RADIANS);
const TARGET_HEIGHT = 0.2;
/** The terrain stands this share of the height above the middle, for its near corner reaches far down. */
const RAISED = 0.056;
/** A narrower picture than this shows the terrain smaller instead of cutting its sides off. */
const NARROWEST = 1.42;
const NEAR = 0.5;
const FAR = 20;
const RESET_TIME = 240;

/** The ease of every motion of the stage, cubic-bezier(.2, 0, 0, 1), solved for time by bisection. */
function ease(time) {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 20; k += 1) {
    const s = (low + high) / 2;
    if (0.6 * s * (1 - s) ** 2 + s ** 3 < time) low = s;
    else high = s;
  }
  return low ** 2 * (3 - 2 * low);
}

export class Camera {
  constructor() {
    Object.assign(this, HOME, { width: 1, height: 1, motion: null });
    this.place();
  }

  resize(width, height) {
    Object.assign(this, { width, height });
    this.place();
  }

  /** Turn by degrees; the near side of the terrain follows the hand. */
  orbit(azimuth, elevation) {
    this.motion = null;
    this.azimuth = ((this.azimuth + azimuth + 540) % 360) - 180;
    this.elevation = Math.min(ELEVATION[1], Math.max(ELEVATION[0], this.elevation + elevation));
    this.place();
  }

  zoom(factor) {
    this.motion = null;
    this.distance = Math.min(DISTANCE[1], Math.max(DISTANCE[0], this.distance / factor));
    this.place();
  }

  get atHome() {
    return Object.keys(HOME).every((name) => Math.abs(this[name] - HOME[name]) < 1e-6);
  }

  /** Begin the way home at a time in ms; `advance` walks it. The shorter way round is taken. */
  startReset(now) {
    const turn = ((HOME.azimuth - this.azimuth + 540) % 360) - 180;
    const { elevation, distance } = this;
    this.motion = { since: now, azimuth: HOME.azimuth - turn, elevation, distance };
  }

  /** Move on to a time; returns whether there is more way to go. */
  advance(now) {
    if (!this.motion) return false;
    const done = ease(Math.min(1, Math.max(0, (now - this.motion.since) / RESET_TIME)));
    for (const name of Object.keys(HOME))
      this[name] = this.motion[name] + (HOME[name] - this.motion[name]) * done;
    if (now - this.motion.since >= RESET_TIME) Object.assign(this, HOME, { motion: null });
    this.place();
    return this.motion !== null;
  }

  /** Eye, axes and focal length in px from azimuth, elevation and distance. */
  place() {
    const [sinA, cosA] = [Math.sin(this.azimuth * RADIANS), Math.cos(this.azimuth * RADIANS)];
    const [sinE, cosE] = [Math.sin(this.elevation * RADIANS), Math.cos(this.elevation * RADIANS)];
    this.heading = [sinA, cosA];
    this.right = [cosA, -sinA, 0];
    this.forward = [sinA * cosE, cosA * cosE, -sinE];
    this.up = [sinA * sinE, cosA * sinE, cosE];
    this.eye = this.forward.map((part, k) => (k === 2 ? TARGET_HEIGHT : 0) - this.distance * part);
    this.focal = Math.min(this.height, this.width / NARROWEST) / 2 / HALF_FIELD;
  }

  get key() {
    return [this.azimuth, this.elevation, this.distance, this.width, this.height].join();
  }

  /** CSS pixels of a point of the world. */
  project(x, y, z) {
    const [dx, dy, dz] = [x - this.eye[0], y - this.eye[1], z - this.eye[2]];
    const along = (axis) => axis[0] * dx + axis[1] * dy + axis[2] * dz;
    const scale = this.focal / along(this.forward);
    return [
      this.width / 2 + scale * along(this.right),
      (0.5 - RAISED) * this.height - scale * along(this.up),
    ];
  }

  /** The same projection as a column-major matrix to clip coordinates. */
  matrix() {
    const across = (2 * this.focal) / this.width;
    const upward = (2 * this.focal) / this.height;
    const rows = [
      this.row(this.right, across, 0),
      this.row(this.up, upward, 2 * RAISED),
      this.row(this.forward, 0, (FAR + NEAR) / (FAR - NEAR), (-2 * FAR * NEAR) / (FAR - NEAR)),
      this.row(this.forward, 0, 1),
    ];
    return Float32Array.from({ length: 16 }, (_, k) => rows[k % 4][k >> 2]);
  }

  /** factor * (axis, p - eye) + depth * (forward, p - eye) + constant, as a row over (p, 1). */
  row(axis, factor, depth, constant = 0) {
    const mixed = axis.map((part, k) => factor * part + depth * this.forward[k]);
    const offset = mixed.reduce((sum, part, k) => sum - part * this.eye[k], constant);
    return [...mixed, offset];
  }

  /** Direction towards the light, which travels with the camera. */
  light() {
    const [fx, fy] = this.heading;
    const l = [-0.62 * this.right[0] + 0.35 * fx, -0.62 * this.right[1] + 0.35 * fy, 0.9];
    const length = Math.hypot(...l);
    return l.map((part) => part / length);
  }
}
