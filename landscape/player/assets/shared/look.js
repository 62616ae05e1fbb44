// Written from landscape/look/look.json by `python -m landscape.look.write`; change that.

export const LOOK = {
  "font": [
    "Source Sans", "Source Sans 3", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR"
  ],
  "dashes": { "solid": [], "long": [14, 4], "mixed": [9, 4, 2, 4], "dotted": [3, 4] },
  "slots": [
    { "dash": "solid", "marker": "circle" },
    { "dash": "long", "marker": "square" },
    { "dash": "solid", "marker": "triangle-up" },
    { "dash": "mixed", "marker": "diamond" },
    { "dash": "long", "marker": "triangle-down" },
    { "dash": "dotted", "marker": "cross" },
    { "dash": "mixed", "marker": "hexagon" },
    { "dash": "dotted", "marker": "star" }
  ],
  "classes": ["circle", "square", "triangle-up", "diamond", "cross"],
  "markers": {
    "circle": { "weight": 1, "path": "M8 2.5a5.5 5.5 0 1 0 .001 0Z", "corners": [] },
    "square": {
      "weight": 0.9, "path": "M3 3H13V13H3Z",
      "corners": [[0.8839, 0.8839], [-0.8839, 0.8839], [-0.8839, -0.8839], [0.8839, -0.8839]]
    },
    "triangle-up": {
      "weight": 1.1, "path": "M8 2L14.2 13.2H1.8Z",
      "corners": [[0, -1.21], [1.1518, 0.785], [-1.1518, 0.785]]
    },
    "diamond": {
      "weight": 1.1, "path": "M8 1.2L14.8 8L8 14.8L1.2 8Z",
      "corners": [[0, -1.33], [1.33, 0], [0, 1.33], [-1.33, 0]]
    },
    "triangle-down": {
      "weight": 1.1, "path": "M8 14L1.8 2.8H14.2Z",
      "corners": [[0, 1.21], [-1.1518, -0.785], [1.1518, -0.785]]
    },
    "cross": {
      "weight": 1, "path": "M5.8 1.8H10.2V5.8H14.2V10.2H10.2V14.2H5.8V10.2H1.8V5.8H5.8Z",
      "corners": [
        [-0.4032, -1.12], [0.4032, -1.12], [0.4032, -0.4032], [1.12, -0.4032], [1.12, 0.4032],
        [0.4032, 0.4032], [0.4032, 1.12], [-0.4032, 1.12], [-0.4032, 0.4032], [-1.12, 0.4032],
        [-1.12, -0.4032], [-0.4032, -0.4032]
      ]
    },
    "hexagon": {
      "weight": 1.05, "path": "M8 1.6L13.6 4.8V11.2L8 14.4L2.4 11.2V4.8Z",
      "corners": [[1.1, 0], [0.55, 0.9526], [-0.55, 0.9526], [-1.1, 0], [-0.55, -0.9526], [0.55, -0.9526]]
    },
    "star": {
      "weight": 1.2,
      "path": "M8 1.2L9.9 5.9L14.9 6.2L11.1 9.4L12.3 14.3L8 11.6L3.7 14.3L4.9 9.4L1.1 6.2L6.1 5.9Z",
      "corners": [
        [0, -1.45], [0.4261, -0.5865], [1.379, -0.4481], [0.6895, 0.224], [0.8523, 1.1731],
        [0, 0.725], [-0.8523, 1.1731], [-0.6895, 0.224], [-1.379, -0.4481], [-0.4261, -0.5865]
      ]
    }
  },
  "lines": { "path": 2.75, "casing": 5.5, "casing_opacity": 0.92, "curve": 2.25 },
  "ghost": { "width": 1.75, "opacity": 0.4 },
  "head": 7.5,
  "disc": { "radius": 11, "inset": 14 },
  "bands": { "plane": 0.65, "terrain": 0.5 },
  "isolines": {
    "normal": { "width": 0.8, "opacity": 0.26, "dash": [] },
    "major": { "width": 1.4, "opacity": 0.55, "dash": [] },
    "saddle": { "width": 1.5, "opacity": 0.75, "dash": [5, 3] }
  },
  "themes": {
    "light": {
      "background": "#ffffff", "secondary": "#f5f7f6", "ink": "#1c262e", "muted": "#55626c",
      "line": "#d9dfdf", "track": "#e3e8e8",
      "accent": "#17566c", "tint": "#e6f0f2", "on_accent": "#ffffff",
      "warning": "#9a3412", "warning_tint": "#fdeee6", "care": "#7a4b00", "success": "#17663f",
      "stops": ["#78acc1", "#9bc5ce", "#bddad9", "#d8e7de", "#ebede0", "#f6f0e2", "#fcf7ed"],
      "terrain": { "ambient": 0.68, "diffuse": 0.4, "wall": 0.483 },
      "isoline": "#163a48", "casing": "#ffffff", "hole": "#f0f0ee", "hatch": "#969ca3",
      "slots": [
        { "line": "#2b2f3a", "text": "#2b2f3a" },
        { "line": "#2751f4", "text": "#2751f4" },
        { "line": "#d9480f", "text": "#c23f0b" },
        { "line": "#12a173", "text": "#0b7a55" },
        { "line": "#b8128f", "text": "#b8128f" },
        { "line": "#6e4a00", "text": "#6e4a00" },
        { "line": "#9878e3", "text": "#6d4cc0" },
        { "line": "#0d5c5f", "text": "#0d5c5f" }
      ],
      "classes": [
        { "region": "#bacce5", "point": "#375479" },
        { "region": "#f5bf81", "point": "#915c08" },
        { "region": "#dc8a90", "point": "#512227" },
        { "region": "#a6fed7", "point": "#568e76" },
        { "region": "#a39adf", "point": "#351f6f" }
      ],
      "outcomes": {
        "slow": "#d3d9dc", "shallow": "#e3b448", "deep": "#2a7d9c", "cycles": "#9878e3",
        "diverged": "#5a2a1d", "hatch": "#8a5040"
      },
      "zones": { "slow": "#b9c1c5", "good": "#2a7d9c", "diverged": "#8a3d29" }
    },
    "dark": {
      "background": "#0e151c", "secondary": "#17212a", "ink": "#e8eef0", "muted": "#a3b0b8",
      "line": "#2b3843", "track": "#2b3843",
      "accent": "#7cc4d6", "tint": "#173440", "on_accent": "#0e151c",
      "warning": "#ffb38a", "warning_tint": "#3a2218", "care": "#ffc46b", "success": "#7fdca8",
      "stops": ["#081321", "#0d2233", "#133243", "#1d4453", "#2b5662", "#3d6971", "#557d80"],
      "terrain": { "ambient": 0.75, "diffuse": 0.75, "wall": 0.347 },
      "isoline": "#cfe6ee", "casing": "#081321", "hole": "#17212a", "hatch": "#4a5863",
      "slots": [
        { "line": "#e1e8f6", "text": "#e1e8f6" },
        { "line": "#6691ff", "text": "#86a8ff" },
        { "line": "#ff8d6f", "text": "#ff9b80" },
        { "line": "#36fc9b", "text": "#36fc9b" },
        { "line": "#f8308d", "text": "#ff6bab" },
        { "line": "#fcc609", "text": "#fcc609" },
        { "line": "#a574c3", "text": "#c39be0" },
        { "line": "#2ec6e2", "text": "#2ec6e2" }
      ],
      "classes": [
        { "region": "#012f61", "point": "#4087de" },
        { "region": "#5a3700", "point": "#df9b44" },
        { "region": "#44001b", "point": "#ce597a" },
        { "region": "#0b7252", "point": "#4ae2ac" },
        { "region": "#654884", "point": "#b2a3c5" }
      ],
      "outcomes": {
        "slow": "#3a464f", "shallow": "#e3b448", "deep": "#3f9fc4", "cycles": "#b9a2f5",
        "diverged": "#7a3b2a", "hatch": "#c27a5e"
      },
      "zones": { "slow": "#5a6872", "good": "#3f9fc4", "diverged": "#c27a5e" }
    }
  }
};
