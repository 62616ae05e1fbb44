"""The animated stage: the arrays it is sent, its modules, and the file that plays without a server.

Python sends whole trajectories at once, as one packed message of 32-bit floats; the browser plays them. With
Plotly's frames a moved slider took 0.4 to 1.2 s, weighed up to 1.9 MB and lost zoom, camera and step; a
packed message takes 0.1 s and 50 kB, and playing, scrubbing and turning ask nothing of the server. JSON would
not do: it has no NaN, and a run that diverged may hold many.

`assets/` holds ES modules that the browser loads as they are, without a bundler: `surface` (two parameters),
`curve` (one), `boundary` (a network's predictions), `page` (charts, the address bar), `shared`. The same
modules and the data make the file that plays offline.
"""

from landscape.player.html import standalone
from landscape.player.payload import Runner, pack, unpack

__all__ = ["Runner", "pack", "standalone", "unpack"]
