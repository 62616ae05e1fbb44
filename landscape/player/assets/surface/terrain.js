// The terrain view: the ground is rendered when it changes, what moves on it is drawn anew for every frame.
import { fitCanvas } from "../shared/dom.js";
import { sameSurface } from "./payload.js";
import { Scale } from "../shared/scale.js";
import { Camera } from "./terrain_camera.js";
import { Drape } from "./terrain_drape.js";
import { Ground } from "./terrain_gl.js";
import { DEGREES, listen } from "./terrain_input.js";
import { Sheet, buildMesh } from "./terrain_mesh.js";
import {
  paintGhost,
  paintHead,
  paintMarks,
  paintMinima,
  paintPath,
  paintRim,
  paintStart,
  paintTicks,
} from "./terrain_overlay.js";
import { Sight } from "./terrain_sight.js";

let support = null;

export class Terrain {
  /** Throws where WebGL2 is missing: ask `supported` first. */
  constructor(glCanvas, overlayCanvas) {
    this.glCanvas = glCanvas;
    this.overlay = overlayCanvas;
    this.ground = new Ground(glCanvas);
    this.camera = new Camera();
    this.scene = null;
    this.theme = null;
    this.drapes = new Map();
    this.stale = { mesh: true, look: true, picture: true };
    this.onDirty = () => {};
    glCanvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    glCanvas.addEventListener("webglcontextrestored", () => {
      this.ground = new Ground(glCanvas);
      this.stale = { mesh: true, look: true, picture: true };
      this.onDirty();
    });
  }

  static supported() {
    if (support === null) {
      const gl = document.createElement("canvas").getContext("webgl2");
      support = gl !== null;
      gl?.getExtension("WEBGL_lose_context")?.loseContext();
    }
    return support;
  }

  setScene(scene) {
    const fresh = !sameSurface(this.scene, scene);
    this.scene = scene;
    this.drapes = new Map();
    if (!fresh) return;
    const { surface } = scene;
    this.scale = new Scale(surface);
    this.sheet = new Sheet(
      Float64Array.from(scene.grid, (loss) => this.scale.raw(loss)),
      surface.nx,
      surface.ny,
    );
    const unit = ([low, high], value) => -1 + (2 * (value - low)) / (high - low);
    this.base = (x, y) => [unit(surface.x, x), unit(surface.y, y)];
    this.viewKey = "";
    Object.assign(this.stale, { mesh: true, look: true, picture: true });
  }

  setTheme(theme) {
    this.theme = theme;
    Object.assign(this.stale, { look: true, picture: true });
  }

  resize(cssWidth, cssHeight, dpr, uiScale) {
    const rescaled = this.ratio !== dpr || this.unit !== uiScale;
    Object.assign(this, { ratio: dpr, unit: uiScale });
    this.camera.resize(cssWidth, cssHeight);
    fitCanvas(this.overlay, cssWidth, cssHeight, dpr);
    // The same size again costs nothing: drawing the ground anew takes a tenth of a second without a graphics card.
    if (!fitCanvas(this.glCanvas, cssWidth, cssHeight, dpr) && !rescaled) return;
    // A finger moving up or down scrolls the page, unless the stage fills the screen.
    this.overlay.style.touchAction = uiScale > 1 ? "none" : "pan-y";
    Object.assign(this.stale, { look: true, picture: true });
  }

  /** Listen to the overlay canvas; `onDirty` is called whenever the view should be drawn again. */
  attach(onDirty) {
    this.onDirty = onDirty;
    listen(this.overlay, this);
  }

  orbit(dx, dy) {
    this.turn(DEGREES * dx, DEGREES * dy);
  }

  turn(azimuth, elevation) {
    this.camera.orbit(azimuth, elevation);
    this.onDirty();
  }

  zoom(factor) {
    this.camera.zoom(factor);
    this.onDirty();
  }

  /** Ease the camera home, or put it there where motion is not wanted. */
  reset() {
    this.camera.startReset(performance.now());
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const walk = () => {
      const more = this.camera.advance(still ? Infinity : performance.now());
      this.onDirty();
      if (more) requestAnimationFrame(walk);
    };
    walk();
  }

  /** Give the graphics context back at once: a browser keeps only a few. */
  destroy() {
    this.onDirty = () => {};
    this.ground.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }

  /** @param view - {step, visible: Set of ids, ghost: scene or null, selected: id, start: [x, y] while it is moved} */
  draw(view) {
    if (!this.scene || !this.theme || !this.ratio) return;
    this.drawGround();
    const ctx = this.overlay.getContext("2d");
    const { camera, theme, unit, base, sheet, sight } = this;
    const frame = { ctx, camera, theme, unit, base, sheet, sight, surface: this.scene.surface };
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.clearRect(0, 0, camera.width, camera.height);
    ctx.lineJoin = "round";
    ctx.lineCap = "butt";
    paintRim(frame);
    paintTicks(frame);
    paintMinima(frame);
    for (const runner of view.ghost?.runners ?? []) {
      if (view.visible.has(runner.id)) paintGhost(frame, this.follow(runner, view.step).strokes, runner.slot);
    }
    const shown = this.scene.runners.filter((runner) => view.visible.has(runner.id));
    shown.sort((a, b) => Number(a.id === view.selected) - Number(b.id === view.selected));
    const followed = shown.map((runner) => ({ ...this.follow(runner, view.step), slot: runner.slot }));
    for (const { strokes, slot } of followed) paintPath(frame, strokes, slot);
    paintMarks(frame);
    paintStart(frame, view.start ?? this.scene.start);
    for (const { head, slot } of followed) if (head) paintHead(frame, head, slot);
  }

  drawGround() {
    const { stale, camera } = this;
    if (camera.key !== this.viewKey) {
      this.viewKey = camera.key;
      this.sight = new Sight(this.sheet, camera.eye);
      this.drapes.forEach((drape) => drape.project(camera, this.sight));
      stale.picture = true;
    }
    if (stale.mesh) this.ground.setMesh(buildMesh(this.sheet));
    if (stale.look) this.ground.setLook(this.theme, this.scale, this.ratio * this.unit);
    if (stale.picture) this.ground.draw(camera);
    this.stale = { mesh: false, look: false, picture: false };
  }

  /** The strokes of a runner's path up to a step, and its head. */
  follow(runner, step) {
    if (!this.drapes.has(runner)) {
      const drape = new Drape(runner, this.sheet, this.base);
      drape.project(this.camera, this.sight);
      this.drapes.set(runner, drape);
    }
    const drape = this.drapes.get(runner);
    const until = Math.min(step, drape.end);
    const head = drape.head(until, this.camera, this.sight);
    return { strokes: drape.strokes(until, head), head };
  }
}
