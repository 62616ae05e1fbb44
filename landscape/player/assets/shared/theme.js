// Every colour of the stage, light and dark. Chrome is neutral, colour is data, deep is dark.

import { LOOK } from "./look.js";

export const FONT = [...LOOK.font.map((family) => `"${family}"`), "sans-serif"].join(", ");

/**
 * A theme of the look, ready to draw with: each slot with its dash and marker, each class with its marker.
 * @param {"light" | "dark"} name
 * @returns {Theme}
 */
function themeOf(name) {
  const colours = LOOK.themes[name];
  return {
    ...colours,
    dark: name === "dark",
    casingAlpha: LOOK.lines.casing_opacity,
    slots: colours.slots.map((slot, k) => {
      const { dash, marker } = LOOK.slots[k];
      return { ...slot, dash: LOOK.dashes[/** @type {keyof typeof LOOK.dashes} */ (dash)], marker };
    }),
    classes: colours.classes.map((kind, k) => ({ ...kind, marker: LOOK.classes[k] })),
  };
}

const LIGHT = themeOf("light");
const DARK = themeOf("dark");

/** The colours that the style sheet asks for, by the names of its properties. */
const PROPERTIES = {
  background: "background",
  secondary: "secondary",
  ink: "ink",
  muted: "muted",
  line: "line",
  track: "track",
  accent: "accent",
  tint: "tint",
  onAccent: "on_accent",
  warning: "warning",
};

/** @param {boolean} dark */
export function themeFor(dark) {
  return dark ? DARK : LIGHT;
}

/**
 * The look of a runner: slots are numbered from 1 and repeat after eight.
 * @param {Theme} theme
 * @param {number} number
 */
export function slotOf(theme, number) {
  const count = theme.slots.length;
  return theme.slots[((((Math.round(number) || 1) - 1) % count) + count) % count];
}

/**
 * Hand a card the colours that its style sheet asks for.
 * @param {HTMLElement} card
 * @param {Theme} theme
 */
export function dress(card, theme) {
  card.dataset.theme = theme.dark ? "dark" : "light";
  for (const [property, colour] of Object.entries(PROPERTIES))
    card.style.setProperty(`--${property}`, /** @type {string} */ (theme[colour]));
}

/**
 * [r, g, b] in 0..255 from "#rrggbb".
 * @param {string} hex
 * @returns {Colour}
 */
export function rgb(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/**
 * @param {string} hex
 * @param {number} alpha
 */
export function rgba(hex, alpha) {
  return `rgba(${rgb(hex).join(",")},${alpha})`;
}

/**
 * Whether a computed colour "rgb(...)" is dark; null for a transparent one, which says nothing.
 * @param {string} computed
 */
function isDark(computed) {
  const parts = (computed.match(/[\d.]+/g) ?? []).map(Number);
  if (parts.length < 3 || parts[3] === 0) return null;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}

/**
 * Follow the page's theme. `probe` is an element whose background is var(--st-background-color, transparent) with a
 * 1 ms transition: the end of that transition is the one event that tells of a custom property's change, whatever
 * caused it. Without Streamlit's variables the system's preference decides. Returns a function that stops watching.
 * @param {HTMLElement} probe
 * @param {(theme: Theme) => void} onChange
 */
export function watchTheme(probe, onChange) {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  /** @type {boolean | null} */
  let current = null;
  const read = () => {
    const dark = isDark(getComputedStyle(probe).backgroundColor) ?? system.matches;
    if (dark === current) return;
    current = dark;
    onChange(themeFor(dark));
  };
  probe.addEventListener("transitionend", read);
  system.addEventListener("change", read);
  read();
  return () => {
    probe.removeEventListener("transitionend", read);
    system.removeEventListener("change", read);
  };
}
