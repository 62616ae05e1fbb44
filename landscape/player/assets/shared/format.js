// Numbers as the library writes them (look/numbers.py): a true minus sign, thousands apart, powers of ten beyond.

const MINUS = "\u2212";
const DASH = "\u2014";

/** @param {string} text */
export function trueMinus(text) {
  return text.replaceAll("-", MINUS);
}

/**
 * A whole exponent in raised figures: "+6" is ⁶, "-6" is ⁻⁶.
 * @param {string} exponent
 */
function superscript(exponent) {
  return String(Number(exponent)).replace(/./g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]));
}

/**
 * A comma between thousands of a number's whole part.
 * @param {string} text
 */
function grouped(text) {
  const [whole, ...decimals] = text.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
}

/**
 * `digits` significant digits, all of a whole number below a million; a dash for what is not a number.
 * @param {number} value
 */
export function number(value, digits = 3) {
  if (!Number.isFinite(value)) return DASH;
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    return trueMinus(`${Number(mantissa)}×10`.replace(/^(-?)1×/, "$1")) + superscript(exponent);
  }
  return trueMinus(grouped(String(Number.isInteger(value) ? value : rounded)));
}

/** @param {number} share */
export function percent(share, digits = 3) {
  return Number.isFinite(share) ? `${number(100 * share, digits)}%` : DASH;
}

/**
 * Round steps of 1, 2 or 5 times a power of ten, at most `most` of them, inside [low, high].
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
export function ticks(low, high, most) {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return { values: [], digits: 0 };
  const rough = span / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((k) => k * power >= rough) ?? 10);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * span; k += 1) values.push(k * step);
  return { values, digits };
}

/**
 * @param {number} value
 * @param {number} digits
 */
export function tickLabel(value, digits) {
  if (Math.abs(value) >= 1e5 || digits > 4) return number(value);
  return trueMinus(grouped(value.toFixed(digits)).replace(/^-(0(\.0*)?)$/, "$1"));
}

/**
 * Put values into a translated template such as "{name} left at step {step}".
 * @param {string | undefined} template
 * @param {Record<string, string | number>} values
 */
export function fill(template, values) {
  return (template ?? "").replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/**
 * A text of at most `most` letters, its end replaced by an ellipsis where it is longer.
 * @param {string} text
 * @param {number} most
 */
export function shorten(text, most) {
  const letters = [...text];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join("")
        .trimEnd()}\u2026`
    : text;
}

/**
 * A coordinate rounded to about a pixel of a picture that spans `span`.
 * @param {number} value
 * @param {number} span
 */
export function roundTo(value, span) {
  const decimals = Math.min(12, Math.max(0, Math.ceil(2.6 - Math.log10(span || 1))));
  return Number(value.toFixed(decimals));
}
