"""Why a window can't be had: displays that are not there, do not answer, or answer."""

import os
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from interview_coach import display

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a window can always be had here")

#: What an X server says to a program that it lets in, cut down to what has to be there: no vendor, no screen.
X_WELCOME = struct.pack("=BxHHH", 1, 11, 0, 8) + bytes(32)
X_REFUSAL = struct.pack("=BBHHH", 0, 2, 11, 0, 1) + b"no\0\0"


@pytest.fixture(autouse=True)
def no_display(monkeypatch, tmp_path):
    """Start from a machine without displays, whose Qt has all libraries that it needs."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(display, "PATIENCE", 0.3)
    monkeypatch.setattr(display, "_missing_for", lambda _platform: None)


@pytest.fixture
def server(tmp_path):
    """Listen in the runtime folder, or where X over TCP does; answer whoever connects with these bytes, or not at all.

    Returns what the environment calls it.
    """
    opened = []

    def listen(name, answer):
        listening = socket.socket(socket.AF_UNIX if name else socket.AF_INET)
        listening.bind(str(tmp_path / name) if name else ("127.0.0.1", 0))
        listening.listen()
        opened.append(listening)

        def serve():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            opened.append(connection)
            connection.recv(12)
            if answer is not None:
                connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        return str(tmp_path / name) if name else f"127.0.0.1:{listening.getsockname()[1] - 6000}"

    yield listen
    for one in opened:
        one.close()


def test_no_display_is_said():
    assert display.why_no_window() == "There is no display; practising in the terminal instead."


@pytest.mark.parametrize("platform", ["offscreen", "vnc:size=800x600", "minimal", "xcb;offscreen"])
def test_a_platform_that_was_named_is_trusted(monkeypatch, platform):
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display.why_no_window() is None


class TestX:
    @pytest.mark.parametrize("name", ["127.0.0.1:59535", "", "no display"])
    def test_nobody_there(self, monkeypatch, name):
        monkeypatch.setenv("DISPLAY", name)
        assert "practising in the terminal instead." in display.why_no_window()

    @pytest.mark.parametrize(("answer", "window"), [(X_WELCOME, True), (X_REFUSAL, False), (None, False), (b"", False)])
    def test_what_the_server_says_decides(self, monkeypatch, server, answer, window):
        monkeypatch.setenv("DISPLAY", server("", answer))
        name = os.environ["DISPLAY"]
        sentence = f"The display {name} does not answer; practising in the terminal instead."
        assert display.why_no_window() == (None if window else sentence)


class TestWayland:
    @pytest.mark.parametrize("absolute", [True, False])
    def test_a_compositor_that_greets(self, monkeypatch, server, absolute):
        path = server("wayland-7", bytes(8))
        monkeypatch.setenv("WAYLAND_DISPLAY", path if absolute else "wayland-7")
        assert display.why_no_window() is None

    @pytest.mark.parametrize("answer", [None, "nobody"])
    def test_silence_and_nobody(self, monkeypatch, server, answer):
        if answer is None:
            server("wayland-7", None)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert "The display wayland-7 does not answer" in display.why_no_window()

    def test_it_does_where_x_does_not_answer(self, monkeypatch, server):
        server("wayland-7", bytes(8))
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        monkeypatch.setenv("DISPLAY", server("", X_REFUSAL))
        assert display.why_no_window() is None

    def test_it_does_not_where_x_was_named(self, monkeypatch, server):
        server("wayland-7", bytes(8))
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
        assert display.why_no_window() == "There is no display; practising in the terminal instead."


class TestMissingLibraries:
    def test_the_library_is_named(self):
        error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        assert display.missing_library(error) == (
            "The window needs libEGL.so.1, which is not installed; practising in the terminal instead."
        )

    def test_a_missing_binding_is_named(self):
        error = ModuleNotFoundError("No module named 'PySide6'", name="PySide6")
        assert "needs PySide6" in display.missing_library(error)

    def test_our_own_mistakes_stay_mistakes(self):
        assert display.missing_library(ImportError("cannot import name 'x'", name="interview_coach.ui")) is None
        assert display.missing_library(ModuleNotFoundError("No module named 'x'", name="x")) is None


def test_without_a_display_the_same_practice_runs_in_the_terminal(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "interview_coach", "--data-dir", str(tmp_path / "data")],
        cwd=ROOT,
        env={**environment, "QT_QPA_PLATFORM": ""},
        input="My answer.\n.\n7\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == "There is no display; practising in the terminal instead.\n"
    assert "INTRO · 1 of 10" in done.stdout
    assert "Paused at question 1 of 10." in done.stdout
