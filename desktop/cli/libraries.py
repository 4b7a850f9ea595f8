"""What the window needs of the machine: a screen, and a few libraries of the system."""

import ctypes
import os
import sys

from desktop import words
from desktop.words import _, ngettext

ANYWHERE: dict[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""What Qt itself needs of a Linux system, and the Debian packages that have it."""

ON_A_SCREEN: dict[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt needs besides to show windows on an X server."""


def has_screen() -> bool:
    """Whether a window can be shown: somebody chose a platform of Qt, or this Linux has a display."""
    if "QT_QPA_PLATFORM" in os.environ or not sys.platform.startswith("linux"):
        return os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(*, on_a_screen: bool) -> list[tuple[str, str]]:
    """The libraries of this Linux that Qt needs and cannot load, each with the Debian package that has it."""
    if not sys.platform.startswith("linux"):
        return []
    needed = {**ANYWHERE, **(ON_A_SCREEN if on_a_screen and os.environ.get("DISPLAY") else {})}
    return [(library, package) for library, package in needed.items() if not _loads(library)]


def say_missing(missing: list[tuple[str, str]]) -> None:
    """Say which libraries are missing, and the line that brings them."""
    count = len(missing)
    print(
        ngettext(
            "The window cannot be opened: {n} library of the system is missing.",
            "The window cannot be opened: {n} libraries of the system are missing.",
            count,
        ).format(n=count),
        file=sys.stderr,
    )
    print("  " + words.here().listing(library for library, _package in missing), file=sys.stderr)
    print(_("Install them with:"), file=sys.stderr)
    print("  sudo apt install " + " ".join(package for _library, package in missing), file=sys.stderr)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
