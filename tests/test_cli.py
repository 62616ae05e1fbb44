"""The `landscape` command: what it accepts, and what it says when it cannot."""

import socket

import pytest

from landscape import cli


@pytest.mark.parametrize("port", ["0", "65536", "-1", "eighty", "", "80.5"])
def test_bad_port_is_named(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that cannot be is refused with the range that can."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(["serve", f"--port={port}"])
    assert "from 1 to 65535" in capsys.readouterr().err


def test_busy_port_is_refused_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the address and the way out, instead of a traceback."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert cli.main(["serve", "--port", str(port)]) == 1
    message = capsys.readouterr().err
    assert f"127.0.0.1:{port}" in message
    assert "choose another" in message


def test_no_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the usage is shown."""
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert "serve" in capsys.readouterr().err
