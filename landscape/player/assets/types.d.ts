// What the browser's modules hand each other, for the type checker alone: no page loads this.

type Interval = [number, number];
type Point = [number, number];
type Colour = [number, number, number];

interface Slot {
  line: string;
  text: string;
  dash: number[];
  marker: string;
}

/** A theme of the look, as `theme.js` makes it from look.json. */
interface Theme {
  dark: boolean;
  background: string;
  ink: string;
  muted: string;
  accent: string;
  stops: string[];
  isoline: string;
  casing: string;
  casingAlpha: number;
  slots: Slot[];
  classes: { region: string; point: string; marker: string }[];
  outcomes: Record<string, string>;
  terrain: { ambient: number; diffuse: number; wall: number };
  [name: string]: unknown;
}

/** A contour line: its value, its place from 0 to 1, "normal", "major" or "saddle", and its text. */
interface Level {
  value: number;
  t: number;
  kind: string;
  label: string;
}

/** The header's surface: `nx` by `ny` values over the intervals `x` and `y`. */
interface Surface {
  title: string;
  nx: number;
  ny: number;
  x: Interval;
  y: Interval;
  scale: {
    kind: string;
    low: number | null;
    range: number | null;
    scale: number | null;
    open_top: boolean;
    metric?: string;
  };
  levels: Level[];
}

/** One run: points as x0, y0, x1, y1, ...; `end` is its last live row, `left` the row where it left for good. */
interface Run {
  id: string;
  path: Float32Array;
  loss: Float32Array;
  share: Float32Array | null;
  end: number;
  left?: number | null;
}

interface Scene {
  surface: Surface;
  grid: Float32Array;
  runners: Run[];
  start: Point | null;
  steps: number;
  steps_at?: number[];
}

/** A path on the canvas: what `project` keeps of it. */
interface Track {
  steps: Int32Array;
  xs: Float64Array;
  ys: Float64Array;
  again: Uint8Array;
  count: number;
}

/** Where a number of the curve stage may lie. */
interface Range {
  low: number;
  high: number;
}

interface CurveScene {
  x: Interval;
  steps: number;
  slope: Float32Array;
}

/** A run on the curve; slopes and steps are known of those that were computed. */
interface Ball {
  path: Float32Array;
  end: number;
  slopes: Float32Array | null;
  moves: Float32Array | null;
}

interface Message {
  // biome-ignore lint/suspicious/noExplicitAny: each kind of message has a header of its own
  header: any;
  blob: Uint8Array;
}
