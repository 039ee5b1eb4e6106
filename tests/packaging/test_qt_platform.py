"""Which platform Qt is tried on, whether a display answers, and what a failure of Qt says is lacking."""

import importlib
import socket
import threading
from types import ModuleType

import pytest


@pytest.fixture
def qt_platform() -> ModuleType:
    return importlib.import_module("qt_platform")


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--data-dir", "practice"], True),
        (["--data-dir=x", "--read-only"], True),
        (["--self-test"], True),
        (["--version"], False),
        (["--log-level", "debug", "import", "x"], False),
        (["practice"], False),
    ],
)
def test_only_a_start_without_a_command_needs_a_window(
    qt_platform: ModuleType, arguments: list[str], *, window: bool
) -> None:
    assert qt_platform.wants_window(arguments) is window


def test_without_a_display_there_is_no_platform_to_try(qt_platform: ModuleType) -> None:
    assert qt_platform.platform_in_use({}, []) is None
    assert qt_platform.platform_in_use({"DISPLAY": ":60123"}, []) is None
    assert qt_platform.platform_in_use({"WAYLAND_DISPLAY": "wayland-0"}, []) is None
    assert qt_platform.platform_in_use({}, ["--self-test"]) == "offscreen"
    assert qt_platform.platform_in_use({"QT_QPA_PLATFORM": "xcb:x;wayland", "DISPLAY": ""}, []) == "xcb"


@pytest.mark.parametrize("display", ["", "x", ":", ":1:2", "0", ":0.0.0", "host:-1"])
def test_what_is_no_display_does_not_answer(qt_platform: ModuleType, display: str) -> None:
    assert not qt_platform.x11_answers(display)


@pytest.mark.parametrize(("answer", "answers"), [(b"\x01", True), (b"\x00", True), (b"", False)])
def test_a_display_answers_when_it_says_anything(qt_platform: ModuleType, answer: bytes, *, answers: bool) -> None:
    server = listening()

    def serve() -> None:
        connection, _address = server.accept()
        with connection:
            assert connection.recv(12) == b"l\0\x0b\0\0\0\0\0\0\0\0\0"
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    with server:
        number = server.getsockname()[1] - 6000
        assert qt_platform.x11_answers(f"127.0.0.1:{number}.0") is answers
        thread.join()


def listening() -> socket.socket:
    """Listen on this machine at a port that some display number stands for."""
    server = socket.create_server(("127.0.0.1", 0))
    assert server.getsockname()[1] > 6000
    return server


@pytest.mark.parametrize(
    ("complaint", "lacking"),
    [
        (
            "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory",
            "the library libEGL.so.1",
        ),
        ("no font\n", "a font"),
        ("qt.qpa.xcb: could not connect to display :0\nCould not load the Qt platform plugin", None),
        ('From 6.5.0, xcb-cursor0 is needed\nCould not load the Qt platform plugin "xcb"', "libraries for a window"),
        ("no window within 60 seconds", None),
        ("", None),
    ],
)
def test_what_qt_lacks_is_read_from_its_complaint(qt_platform: ModuleType, complaint: str, lacking: str | None) -> None:
    assert qt_platform.what_is_lacking(complaint) == lacking
