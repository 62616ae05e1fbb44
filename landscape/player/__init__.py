"""The animated stage: the arrays it is sent, its modules, and the file that plays without a server."""

from landscape.player.html import standalone
from landscape.player.payload import Runner, pack, unpack

__all__ = ["Runner", "pack", "standalone", "unpack"]
