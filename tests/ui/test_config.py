"""What the app's settings must say, whatever else they say."""

import tomllib
from pathlib import Path

SETTINGS = tomllib.loads(
    (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)


def test_every_message_goes_out_whole():
    """None is large enough to be sent as the name of one that the browser may have dropped."""
    assert SETTINGS["global"]["minCachedMessageSize"] > SETTINGS["server"]["maxMessageSize"] * 2**20
