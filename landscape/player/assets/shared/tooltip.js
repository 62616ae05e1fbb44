// What lies under the pointer: the nearest point of any path, its step, position and loss.
import { el } from "./dom.js";
import { number, percent } from "./format.js";
import { stepAt } from "../surface/payload.js";
import { valueText } from "./scale.js";
import { slotOf } from "./theme.js";
import { vectorAt } from "../surface/arrows.js";

const REACH = 14;

/** The path point nearest to (px, py) among those the play head has passed; null beyond reach. */
export function nearestPoint(scene, tracks, hidden, step, px, py, unit) {
  let best = null;
  let least = (REACH * unit) ** 2;
  for (const runner of scene.runners) {
    const track = tracks.get(runner.id);
    if (hidden.has(runner.id) || !track) continue;
    for (let k = 0; k < track.count && track.steps[k] <= step; k += 1) {
      const distance = (track.xs[k] - px) ** 2 + (track.ys[k] - py) ** 2;
      if (distance < least) {
        least = distance;
        best = { runner, step: track.steps[k], px: track.xs[k], py: track.ys[k] };
      }
    }
  }
  return best;
}

/** The distance off the plane, and which share it is of the distance from the plane's centre. */
function distance(runner, step) {
  const off = number(runner.off[step]);
  const share = runner.share?.[step];
  return Number.isFinite(share) ? `${off} (${percent(share, 2)})` : off;
}

export class Tooltip {
  constructor() {
    this.root = el("div", { class: "tooltip", hidden: true });
    this.root.setAttribute("aria-hidden", "true");
  }

  hide() {
    this.root.hidden = true;
  }

  show({ runner, step, px, py }, scene, theme, viewport) {
    const { text } = scene;
    const vector = ([x, y]) => `(${number(x)}, ${number(y)})`;
    const rows = [
      [text.step, String(stepAt(scene, step))],
      [text.position, vector(vectorAt(runner.path, step) ?? [NaN, NaN])],
      [text.loss, valueText(scene, runner.loss[step])],
    ];
    if (runner.beneath) rows.push([text.beneath, valueText(scene, runner.beneath[step])]);
    if (runner.off) rows.push([text.off, distance(runner, step)]);
    const gradient = vectorAt(runner.gradient, step);
    const velocity = vectorAt(runner.velocity, step);
    if (gradient) rows.push(["|\u2207f|", number(Math.hypot(...gradient))]);
    if (velocity) rows.push(["|v|", number(Math.hypot(...velocity))]);
    this.write(runner.name, slotOf(theme, runner.slot).text, rows);
    this.place(px, py, viewport);
  }

  /** @param rows [[name, value], ...] under a title in its own colour */
  write(words, colour, rows) {
    const title = el("strong");
    title.textContent = words;
    title.style.color = colour;
    const list = el("dl");
    for (const [name, value] of rows) {
      const dt = el("dt");
      const dd = el("dd");
      dt.textContent = name ?? "";
      dd.textContent = value;
      list.append(dt, dd);
    }
    this.root.replaceChildren(title, list);
    this.root.hidden = false;
  }

  /** Beside a point of a picture, within it. */
  place(px, py, { width: most, height: tall }) {
    const { offsetWidth: width, offsetHeight: height } = this.root;
    const left = px + 16 + width > most ? px - 16 - width : px + 16;
    this.root.style.left = `${Math.max(4, left)}px`;
    this.root.style.top = `${Math.max(4, Math.min(tall - height - 4, py - height / 2))}px`;
  }
}
