// The scrub: a track with the play head's thumb, drawn under an unseen range that the hand and the keys move.
import { drawMarker } from "./markers.js";

export const SCRUB_HEIGHT = 24;
const THUMB = 9;

/** The track from `left` to `right`, travelled up to x. */
export function paintTrack(ctx, left, x, right, y, theme, unit) {
  for (const [from, to, colour] of [
    [left, right, theme.track],
    [left, x, theme.accent],
  ]) {
    ctx.lineCap = "round";
    ctx.lineWidth = 4 * unit;
    ctx.strokeStyle = colour;
    ctx.beginPath();
    ctx.moveTo(from, y);
    ctx.lineTo(to, y);
    ctx.stroke();
    ctx.lineCap = "butt";
  }
}

export function paintThumb(ctx, x, y, theme, unit) {
  drawMarker(ctx, "circle", x, y, THUMB * unit, theme.accent, theme.background, 3 * unit);
}

/** Let the range's thumb travel from `left` to `right`: it overhangs the track by half of itself on each side. */
export function fitScrub(input, left, right, unit) {
  const half = THUMB * unit;
  input.style.left = `${left - half}px`;
  input.style.width = `${right - left + 2 * half}px`;
}
