// The contour's moving layer: ghosts, cased paths up to the play head, start, heads, arrows and their labels.
import { fitCanvas } from "../shared/dom.js";
import { fill, shorten } from "../shared/format.js";
import { LOOK } from "../shared/look.js";
import { FONT, rgba, slotOf } from "../shared/theme.js";
import { drawMarker } from "../shared/markers.js";
import { casedStroke } from "./contour.js";
import { GRADES, gradedPieces } from "./off_plane.js";
import { stepAt } from "./payload.js";
import { crossing, headAt, project, tracePath } from "./track.js";
import { drawArrows } from "./arrows.js";
import { Placement } from "./placement.js";

export const HEAD_RADIUS = LOOK.head;
/** Letters of a name on the map; the legend has the rest. */
const LONGEST_NAME = 24;
const { path: LINE, casing: CASING } = LOOK.lines;
const { radius: DISC, inset: DISC_INSET } = LOOK.disc;

export class PathLayer {
  constructor(canvas) {
    this.canvas = canvas;
    this.placement = new Placement();
    this.tracks = new Map();
    this.heads = [];
  }

  /** Project every path anew: after new data, another zoom or another size. */
  project(scene, viewport) {
    this.tracks = new Map(scene.runners.map((runner) => [runner.id, project(runner, viewport)]));
    this.ghostTracks = null;
  }

  /**
   * @param view - {scene, viewport, theme, unit, ratio, step, hidden: Set, ghost: scene|null, selected: id, arrows,
   *   start: [x, y], written: the isolines' labels, taken: boxes that other words take up}
   */
  paint(view) {
    const { scene, viewport, theme, unit, ratio, hidden } = view;
    fitCanvas(this.canvas, viewport.width, viewport.height, ratio);
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, viewport.width, viewport.height);
    ctx.lineJoin = "round";
    ctx.lineCap = "butt";
    this.paintGhost(ctx, view);
    this.heads = [];
    const shown = scene.runners.filter((runner) => !hidden.has(runner.id));
    // The selected path is drawn last, on top of the others.
    shown.sort((a, b) => Number(a.id === view.selected) - Number(b.id === view.selected));
    for (const runner of shown) this.paintPath(ctx, runner, view);
    const start = paintStart(ctx, view);
    const chosen = this.heads.find((head) => head.runner.id === view.selected && !head.out);
    const arrowBoxes = chosen ? drawArrows(ctx, chosen, view) : [];
    for (const head of this.heads) (head.out ? paintDisc : paintHead)(ctx, head, theme, unit);
    ctx.font = `600 ${14 * unit}px ${FONT}`;
    this.placement.paint(ctx, this.labels(view, start), this.obstacles(view, start, arrowBoxes), view);
  }

  paintPath(ctx, runner, { viewport, theme, unit, step }) {
    const track = this.tracks.get(runner.id);
    const until = shownUntil(runner, step);
    const head = headAt(runner, viewport, until);
    if (!track?.count || !head) return;
    const look = slotOf(theme, runner.slot);
    tracePath(ctx, track, until, head);
    ctx.setLineDash([]);
    ctx.lineWidth = CASING * unit;
    ctx.strokeStyle = rgba(theme.casing, theme.casingAlpha);
    ctx.stroke();
    ctx.setLineDash(look.dash.map((length) => length * unit));
    ctx.lineWidth = LINE * unit;
    ctx.strokeStyle = look.line;
    if (runner.share) strokeGraded(ctx, gradedPieces(runner, track, until, head), unit);
    else ctx.stroke();
    ctx.setLineDash([]);
    const [x, y] = head;
    if (viewport.contains(x, y)) {
      this.heads.push({ runner, look, x, y, out: false });
      return;
    }
    const edge = crossing(track, viewport, until, head);
    if (!edge) return;
    const inset = DISC_INSET * unit;
    const clampTo = (value, size) => Math.min(size - inset, Math.max(inset, value));
    this.heads.push({
      runner,
      look,
      out: true,
      dx: edge[2],
      dy: edge[3],
      x: clampTo(edge[0], viewport.width),
      y: clampTo(edge[1], viewport.height),
    });
  }

  paintGhost(ctx, { ghost, viewport, theme, unit, step, hidden }) {
    if (!ghost) return;
    this.ghostTracks ??= new Map();
    for (const runner of ghost.runners) {
      if (hidden.has(runner.id)) continue;
      if (!this.ghostTracks.has(runner)) this.ghostTracks.set(runner, project(runner, viewport));
      const until = shownUntil(runner, step);
      tracePath(ctx, this.ghostTracks.get(runner), until, headAt(runner, viewport, until));
      ctx.setLineDash([]);
      ctx.lineWidth = LOOK.ghost.width * unit;
      ctx.strokeStyle = rgba(slotOf(theme, runner.slot).line, LOOK.ghost.opacity);
      ctx.stroke();
    }
  }

  labels({ scene, theme, step, unit, viewport }, start) {
    const { text } = scene;
    const labels = this.heads.map(({ runner, look, x, y, out }) => {
      const name = shorten(runner.short || runner.name, LONGEST_NAME);
      const gone = out && Number.isFinite(runner.left) && step >= runner.left;
      return {
        key: runner.id,
        x,
        y,
        colour: look.text,
        leader: look.line,
        reach: (out ? DISC : HEAD_RADIUS) * unit,
        text: gone ? fill(text.left_at, { name, step: stepAt(scene, runner.left) }) : name,
      };
    });
    // The start's own name yields to the runners' names.
    if (start && viewport.contains(...start)) {
      const [x, y] = start;
      labels.push({
        key: "start",
        x,
        y,
        colour: theme.ink,
        leader: theme.ink,
        text: text.start ?? "",
        reach: 7 * unit,
      });
    }
    for (const [name, mx, my] of scene.surface.marks ?? []) {
      const [x, y] = [viewport.toX(mx), viewport.toY(my)];
      const ink = { colour: theme.ink, leader: theme.ink, reach: 9 * unit };
      if (viewport.contains(x, y)) labels.push({ key: `mark ${name}`, x, y, text: name, ...ink });
    }
    return labels;
  }

  obstacles({ scene, viewport, unit, written, taken }, start, arrowBoxes) {
    const disc = (x, y, r) => [x - r * unit, y - r * unit, x + r * unit, y + r * unit];
    const { minima = [], marks = [] } = scene.surface;
    return [
      ...this.heads.map(({ x, y, out }) => disc(x, y, out ? DISC + 1 : HEAD_RADIUS + 2)),
      ...minima.map(([x, y]) => disc(viewport.toX(x), viewport.toY(y), 13)),
      ...marks.map(([, x, y]) => disc(viewport.toX(x), viewport.toY(y), 10)),
      ...(start ? [disc(start[0], start[1], 9)] : []),
      ...written.map(({ x, y }) => disc(x, y, 9)),
      ...arrowBoxes,
      ...taken,
      // The view's caption, its buttons while they stay, and the numbers along the bottom.
      [0, 0, 76 * unit, 38 * unit],
      ...(viewport.k > 1 ? [[viewport.width - 124 * unit, 0, viewport.width, 46 * unit]] : []),
      [0, viewport.height - 23 * unit, viewport.width, viewport.height],
    ];
  }

  /** The runner whose head or disc is within `reach` of a point of the canvas. */
  headNear(px, py, reach) {
    const distance = ({ x, y }) => Math.hypot(x - px, y - py);
    const near = this.heads.filter((head) => distance(head) <= reach);
    return near.sort((a, b) => distance(a) - distance(b))[0]?.runner ?? null;
  }
}

/** A path ends where it left for good: a line between two points out of sight would cross ground it never trod. */
function shownUntil(runner, step) {
  return Number.isFinite(runner.left) ? Math.min(step, runner.left) : step;
}

/** A path's pieces, each as wide and as strong as its grade; the dashes run on from piece to piece. */
function strokeGraded(ctx, pieces, unit) {
  for (const { grade, points, offset } of pieces) {
    ctx.beginPath();
    ctx.moveTo(points[0], points[1]);
    for (let k = 2; k < points.length; k += 2) ctx.lineTo(points[k], points[k + 1]);
    ctx.lineDashOffset = offset;
    ctx.lineWidth = LINE * GRADES[grade].width * unit;
    ctx.globalAlpha = GRADES[grade].alpha;
    ctx.stroke();
  }
  ctx.lineDashOffset = 0;
  ctx.globalAlpha = 1;
}

function paintStart(ctx, { start, viewport, theme, unit }) {
  if (!start?.every(Number.isFinite)) return null;
  const x = viewport.toX(start[0]);
  const y = viewport.toY(start[1]);
  if (!viewport.contains(x, y, -20)) return null;
  ctx.beginPath();
  ctx.arc(x, y, 7 * unit, 0, 2 * Math.PI);
  ctx.fillStyle = theme.casing;
  ctx.fill();
  casedStroke(ctx, theme.ink, 2.5 * unit, theme, 5.5 * unit);
  ctx.beginPath();
  ctx.arc(x, y, 2.2 * unit, 0, 2 * Math.PI);
  ctx.fillStyle = theme.ink;
  ctx.fill();
  return [x, y];
}

function paintHead(ctx, { look, x, y }, theme, unit) {
  drawMarker(ctx, look.marker, x, y, HEAD_RADIUS * unit, look.line, theme.casing, 4 * unit);
}

/** A runner out of sight: a disc where it left, with an arrow outward. */
function paintDisc(ctx, { look, x, y, dx, dy }, theme, unit) {
  ctx.beginPath();
  ctx.arc(x, y, DISC * unit, 0, 2 * Math.PI);
  ctx.fillStyle = theme.casing;
  ctx.fill();
  casedStroke(ctx, look.line, 2.25 * unit, theme, 5 * unit);
  const tip = 5 * unit;
  ctx.beginPath();
  ctx.moveTo(x - dx * tip, y - dy * tip);
  ctx.lineTo(x + dx * tip, y + dy * tip);
  for (const turn of [2.4, -2.4]) {
    ctx.moveTo(x + dx * tip, y + dy * tip);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    ctx.lineTo(
      x + dx * tip + (dx * cos - dy * sin) * tip * 1.1,
      y + dy * tip + (dx * sin + dy * cos) * tip * 1.1,
    );
  }
  ctx.lineWidth = 2.25 * unit;
  ctx.strokeStyle = look.line;
  ctx.stroke();
}
