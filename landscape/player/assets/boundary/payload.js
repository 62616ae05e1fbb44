// The packed boundaries: data points, accuracies in float32, and every frame's probabilities in bytes.
import { floats, openMessage } from "../shared/message.js";

const VERSION = 1;
/** A byte's steps of probability, and the byte of a place without one. */
export const STEPS = 254;
export const HOLE = 255;

/**
 * The header with typed-array views: `train` and `validation` {points, labels}, and for each panel `train`, `validation`
 * (accuracies) and `frames`, bytes in order frame, x, y, class from the second on. Null while there is no message.
 * @param {unknown} data
 */
/** @param {unknown} data */
export function decodeBoundary(data) {
  const message = openMessage(data, VERSION);
  if (message === null) return null;
  const { header, blob } = message;
  /** @type {(name: string) => Float32Array} */
  const array = (name) => floats(blob, header.arrays[name][0], header.arrays[name][1]);
  /** @type {(name: string) => { points: Float32Array, labels: Float32Array }} */
  const examples = (name) => ({ points: array(`${name}:points`), labels: array(`${name}:labels`) });
  return {
    ...header,
    train: examples("train"),
    validation: examples("validation"),
    panels: header.panels.map((/** @type {Message["header"]} */ panel) => {
      const [offset, length] = header.arrays[`probability:${panel.id}`];
      return {
        ...panel,
        frames: blob.subarray(offset, offset + length),
        train: array(`train_accuracy:${panel.id}`),
        validation: array(`validation_accuracy:${panel.id}`),
      };
    }),
  };
}
