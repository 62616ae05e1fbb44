// Where the tests find the browser's modules, and what the library wrote for them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const asset = (name) => import(`${process.env.ASSETS}/${name}`);
export const bytes = (name) => new Uint8Array(readFileSync(join(process.env.GOLDEN, name)));
export const golden = (name) => JSON.parse(readFileSync(join(process.env.GOLDEN, `${name}.json`), "utf8"));

/** Numbers of a typed array as JSON has them. */
export const plain = (array) => Array.from(array, (value) => (Number.isFinite(value) ? value : null));
