"""One HTML file that plays a scene without a server, and without asking anything of the network.

The stages' modules are the very files the app serves. A page opened from a disk may import neither its
neighbours nor a blob, so an import map names each module by a data: URL, and their relative specifiers are
rewritten to those names. Code and scene travel compressed; a content-security policy forbids every request.
"""

import base64
import hashlib
import html
import json
import posixpath
import re
import zlib
from functools import cache
from pathlib import Path

from landscape.look.palette import DARK, LIGHT
from landscape.player import boundary, curve, payload
from landscape.player.message import read

ASSETS = Path(__file__).parent / "assets"
STAGE, BOUNDARY, CURVE = "surface/stage.js", "boundary/boundary.js", "curve/curve.js"
ENTRIES = {boundary.KIND: BOUNDARY, curve.KIND: CURVE}
IMPORT = re.compile(r"""(\b(?:from|import)\s*\(?\s*["'])(\.{1,2}/[\w./-]+\.js)(["'])""")
COMMENT = re.compile(r"^[ \t]*(//[^\n]*|/\*[\s\S]*?\*/)\n", re.MULTILINE)

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{frame}</style>
</head>
<body>
<main id="stage"></main>
<script type="text/plain" id="assets">{assets}</script>
<script type="text/plain" id="scene">{scene}</script>
<script nonce="{nonce}" data-entry="{entry}">{start}</script>
</body>
</html>
"""

# The page around the stage: the app's own padding, and its background in both themes.
FRAME = f"""
body {{ margin: 0; background: {LIGHT.background}; }}
main {{ max-width: 1440px; margin: 0 auto; padding: 14px 28px; }}
@media (max-width: 640px) {{ main {{ padding: 8px 12px; }} }}
@media (prefers-color-scheme: dark) {{ body {{ background: {DARK.background}; }} }}
"""

START = """
(async ({ nonce, dataset: { entry } }) => {
  const inflate = (id) => {
    const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).arrayBuffer();
  };
  const { modules, css } = JSON.parse(new TextDecoder().decode(await inflate("assets")));
  const imports = {};
  for (const [name, source] of Object.entries(modules)) {
    imports["landscape/" + name] = "data:text/javascript;charset=utf-8," + encodeURIComponent(source);
  }
  const map = document.createElement("script");
  map.type = "importmap";
  map.nonce = nonce;
  map.textContent = JSON.stringify({ imports });
  document.head.append(map);
  const { mount } = await import("landscape/" + entry);
  const root = document.getElementById("stage").attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  mount(root, new Uint8Array(await inflate("scene")), {});
})(document.currentScript);
"""


def standalone(scene: bytes, title: str) -> str:
    """Return one HTML file that plays a packed scene offline, opened from a disk or any static host.

    Args:
        scene: the bytes of `landscape.player.pack`, or of `pack` of `landscape.player.boundary` or `.curve`.
        title: the page's title.

    Returns:
        The page's text: some 60 kB of code, and the scene.

    Raises:
        ValueError: the bytes are not a packed scene.
    """
    header, _ = read(scene, payload.VERSION)
    entry = ENTRIES.get(str(header.get("kind")), STAGE)
    nonce = hashlib.sha256(scene).hexdigest()[:16]
    # Only this page's own script runs, and only modules that the page carries are imported.
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}' data:; style-src 'unsafe-inline'; "
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return PAGE.format(
        language=html.escape(header["language"]),
        title=html.escape(title),
        policy=policy,
        frame=FRAME,
        assets=_assets(entry),
        scene=_deflate(scene),
        nonce=nonce,
        entry=entry,
        start=START,
    )


def modules(entry: str) -> dict[str, str]:
    """Return the text of every module that an entry reaches, by its path below the assets, as it stands."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (ASSETS / name).read_text(encoding="utf-8")
            waiting += [_resolved(name, match[2]) for match in IMPORT.finditer(found[name])]
    return dict(sorted(found.items()))


def _resolved(module: str, specifier: str) -> str:
    """The path below the assets of what a module imports by a relative specifier."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), specifier))


def _named(module: str, source: str) -> str:
    """A module's text with its imports by the names of the import map."""
    return IMPORT.sub(lambda match: f"{match[1]}landscape/{_resolved(module, match[2])}{match[3]}", source)


@cache
def _assets(entry: str) -> str:
    """Return modules and stylesheet, without their comment lines, compressed."""
    css = (ASSETS / "shared/stage.css").read_text(encoding="utf-8")
    sources = {name: COMMENT.sub("", _named(name, text)) for name, text in modules(entry).items()}
    return _deflate(json.dumps({"modules": sources, "css": COMMENT.sub("", css)}).encode())


def _deflate(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 9)).decode()
