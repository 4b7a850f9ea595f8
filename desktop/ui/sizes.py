"""The four sizes of text, stated as heights of capital letters, for the kiosk and for the clerk's desk.

At a kiosk a person stands 40 to 70 cm away and the size is a promise in millimetres, computed from the screen's own
millimetres. A clerk sits at a desktop screen beside other programs: there the standard size is the desktop's usual
10.5 points, and the larger steps keep the kiosk's proportions, so that the same page grows the same way on both.
"""

from typing import Literal, get_args

from desktop.ui.fonts import CAP_HEIGHT

Size = Literal["standard", "large", "larger", "largest"]
Screen = Literal["clerk", "kiosk", "board"]

SIZES: tuple[Size, ...] = get_args(Size)
CAP_HEIGHT_MM: dict[Size, float] = {"standard": 3.9, "large": 5.2, "larger": 7.3, "largest": 8.8}
DEFAULT_SIZE: dict[Screen, Size] = {"clerk": "standard", "kiosk": "large", "board": "largest"}

CLERK_POINTS = 10.5
HEADING = 1.25
TITLE = 1.6
LARGE_FROM = 1.5  # times the standard text size: from “larger” on


def clerk_text_pixels(dots_per_inch: float = 96.0) -> float:
    """Text size of the clerk's standard step: 10.5 points, 14 px at 96 dots per inch."""
    return CLERK_POINTS * dots_per_inch / 72


def kiosk_text_pixels(dots_per_mm: float) -> float:
    """Text size of the kiosk's standard step: capitals 3.9 mm high on a screen of so many dots per millimetre."""
    return CAP_HEIGHT_MM["standard"] * dots_per_mm / CAP_HEIGHT


def scaled(standard_pixels: float, size: Size) -> float:
    """Text size in pixels of one of the four steps, when the standard step has so many pixels."""
    return standard_pixels * CAP_HEIGHT_MM[size] / CAP_HEIGHT_MM["standard"]
