// What we lean on in Plotly.js that it does not document, read from version 3 in Plotly 7.1.0; no other module does.

/** The room at each side of the axes, as Plotly laid it in a figure that is drawn. */
export function room(host) {
  const { l, r, t, b } = host._fullLayout._size;
  return { l, r, t, b };
}

/** Whether there is a figure in an element. */
export const isFigure = (host) => host.classList.contains("js-plotly-plot");
