// Every colour of the stage, light and dark. Chrome is neutral, colour is data, deep is dark.

const DASHES = { solid: [], long: [14, 4], mixed: [9, 4, 2, 4], dotted: [3, 4] };

function slot(line, text, dash, marker) {
  return { line, text, dash: DASHES[dash], marker };
}

/** A class of data: the colour of its region where it is certain, of its points, and their shape. */
function kind(region, point, marker) {
  return { region, point, marker };
}

const LIGHT = {
  dark: false,
  background: "#ffffff", secondary: "#f5f7f6",
  ink: "#1c262e", muted: "#55626c",
  line: "#d9dfdf", track: "#e3e8e8",
  accent: "#17566c", tint: "#e6f0f2", onAccent: "#ffffff",
  warning: "#9a3412", success: "#17663f",
  stops: ["#78acc1", "#9bc5ce", "#bddad9", "#d8e7de", "#ebede0", "#f6f0e2", "#fcf7ed"],
  isoline: "#163a48", casing: "#ffffff", casingAlpha: 0.92,
  hole: "#f0f0ee", hatch: "#969ca3",
  slots: [
    slot("#2b2f3a", "#2b2f3a", "solid", "circle"),
    slot("#2751f4", "#2751f4", "long", "square"),
    slot("#d9480f", "#c23f0b", "solid", "triangle-up"),
    slot("#12a173", "#0b7a55", "mixed", "diamond"),
    slot("#b8128f", "#b8128f", "long", "triangle-down"),
    slot("#6e4a00", "#6e4a00", "dotted", "plus"),
    slot("#9878e3", "#6d4cc0", "mixed", "hexagon"),
    slot("#0d5c5f", "#0d5c5f", "dotted", "star"),
  ],
  classes: [
    kind("#bacce5", "#375479", "circle"),
    kind("#f5bf81", "#915c08", "square"),
    kind("#dc8a90", "#512227", "triangle-up"),
    kind("#a6fed7", "#568e76", "diamond"),
    kind("#a39adf", "#351f6f", "plus"),
  ],
};

const DARK = {
  dark: true,
  background: "#0e151c", secondary: "#17212a",
  ink: "#e8eef0", muted: "#a3b0b8",
  line: "#2b3843", track: "#2b3843",
  accent: "#7cc4d6", tint: "#173440", onAccent: "#0e151c",
  warning: "#ffb38a", success: "#7fdca8",
  stops: ["#081321", "#0d2233", "#133243", "#1d4453", "#2b5662", "#3d6971", "#557d80"],
  isoline: "#cfe6ee", casing: "#081321", casingAlpha: 0.92,
  hole: "#17212a", hatch: "#4a5863",
  slots: [
    slot("#e1e8f6", "#e1e8f6", "solid", "circle"),
    slot("#6691ff", "#86a8ff", "long", "square"),
    slot("#ff8d6f", "#ff9b80", "solid", "triangle-up"),
    slot("#36fc9b", "#36fc9b", "mixed", "diamond"),
    slot("#f8308d", "#ff6bab", "long", "triangle-down"),
    slot("#fcc609", "#fcc609", "dotted", "plus"),
    slot("#a574c3", "#c39be0", "mixed", "hexagon"),
    slot("#2ec6e2", "#2ec6e2", "dotted", "star"),
  ],
  classes: [
    kind("#012f61", "#4087de", "circle"),
    kind("#5a3700", "#df9b44", "square"),
    kind("#44001b", "#ce597a", "triangle-up"),
    kind("#0b7252", "#4ae2ac", "diamond"),
    kind("#654884", "#b2a3c5", "plus"),
  ],
};

export const FONT = '"Source Sans", "Source Sans 3", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", '
  + '"Noto Sans CJK KR", sans-serif';

export function themeFor(dark) {
  return dark ? DARK : LIGHT;
}

/** The look of a runner: slots are numbered from 1 and repeat after eight. */
export function slotOf(theme, number) {
  const count = theme.slots.length;
  return theme.slots[(((Math.round(number) || 1) - 1) % count + count) % count];
}

/** Hand a card the colours that its style sheet asks for. */
export function dress(card, theme) {
  card.dataset.theme = theme.dark ? "dark" : "light";
  for (const name of ["background", "secondary", "ink", "muted", "line", "track", "accent", "tint", "onAccent", "warning"]) {
    card.style.setProperty(`--${name}`, theme[name]);
  }
}

/** [r, g, b] in 0..255 from "#rrggbb". */
export function rgb(hex) {
  const n = parseInt(hex.slice(1), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

export function rgba(hex, alpha) {
  return `rgba(${rgb(hex).join(",")},${alpha})`;
}

/** Whether a computed colour "rgb(...)" is dark; null for a transparent one, which says nothing. */
function isDark(computed) {
  const parts = (computed.match(/[\d.]+/g) ?? []).map(Number);
  if (parts.length < 3 || parts[3] === 0) return null;
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] < 128;
}

/**
 * Follow the page's theme. `probe` is an element whose background is var(--st-background-color, transparent) with a
 * 1 ms transition: the end of that transition is the one event that tells of a custom property's change, whatever
 * caused it. Without Streamlit's variables the system's preference decides. Returns a function that stops watching.
 */
export function watchTheme(probe, onChange) {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
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
