// From loss to height, from height to colour: as the library's scale.
import assert from "node:assert/strict";
import { test } from "node:test";
import { asset, golden } from "./golden.mjs";

const { Scale, colourAt } = await asset("shared/scale.js");
const { themeFor } = await asset("shared/theme.js");

const near = (found, wanted, within, about) => {
  assert.ok(
    Math.abs(found - wanted) <= within * Math.max(1, Math.abs(wanted)),
    `${about}: ${found}, not ${wanted}`,
  );
};

for (const { name, surface, losses, t, shades, values, painted, colours } of golden("scales")) {
  const scale = new Scale(surface);

  test(`${name}: heights and losses`, () => {
    losses.forEach((loss, k) => near(scale.t(loss), t[k], 1e-12, `t of ${loss}`));
    shades.forEach((shade, k) => near(scale.loss(shade), values[k], 1e-12, `loss at ${shade}`));
    assert.ok(Number.isNaN(scale.t(NaN)) && Number.isNaN(scale.t(Infinity)));
  });

  test(`${name}: shades and colours`, () => {
    for (const [share, wanted] of Object.entries(painted)) {
      shades.forEach((shade, k) =>
        near(scale.painted(shade, Number(share)), wanted[k], 1e-12, `painted ${shade}`),
      );
    }
    for (const [theme, wanted] of Object.entries(colours)) {
      shades.forEach((shade, k) => {
        const found = colourAt(themeFor(theme === "dark"), shade);
        found.forEach((part, i) =>
          assert.ok(Math.abs(part - wanted[k][i]) <= 0.5 + 1e-9, `${theme} at ${shade}`),
        );
      });
    }
  });
}
