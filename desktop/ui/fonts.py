"""The typeface of the program, shipped with it: Noto Sans SC, regular and semibold, figures of one width."""

from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

FAMILY = "Noto Sans SC"
FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-SemiBold.ttf")
REGULAR = QFont.Weight.Normal
STRONG = QFont.Weight.DemiBold

CAP_HEIGHT = 0.733  # of the em, from the font's own table; sizes are stated as heights of capitals
LINE_HEIGHT = 1.448  # of the em: ascent 1.160 and descent 0.288


@lru_cache(maxsize=1)
def load() -> str:
    """Make the typeface known to the window system and return its family; a second call costs nothing."""
    for name in FILES:
        with as_file(files("resources") / "fonts" / name) as path:
            if QFontDatabase.addApplicationFont(str(path)) == -1:
                raise FileNotFoundError(path)
    return FAMILY


def missing(text: str) -> list[str]:
    """The characters of a text the typeface cannot show; they are checked by hand and never printed as boxes."""
    return [each for each in dict.fromkeys(text) if not each.isspace() and not _regular().supportsCharacter(ord(each))]


@lru_cache(maxsize=1)
def _regular() -> QRawFont:
    load()
    return QRawFont.fromFont(font(16))


def font(pixels: float, *, strong: bool = False) -> QFont:
    """The typeface at a size in pixels of the em."""
    made = QFont(FAMILY)
    made.setPixelSize(round(pixels))
    made.setWeight(STRONG if strong else REGULAR)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
