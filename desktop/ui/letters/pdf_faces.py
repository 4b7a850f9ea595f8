"""The faces of letters: the fonts that travel with the program, what they can draw, and what they call it."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont, QTextLayout

from desktop.letters.finish import FaceNames
from desktop.letters.render import Rendered
from desktop.letters.style import FAMILY, points
from desktop.words import Language

_FONT_FILES = ("NotoSansSC-Regular.otf", "NotoSansSC-SemiBold.ttf")
_FIRST_PLANE = 0x10000
# Joiners and variation selectors choose the shape of their neighbour and have none of their own.
_SHAPELESS = re.compile("[\u200c\u200d\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def letter_font(height: int, language: Language, *, bold: bool = False) -> QFont:
    """Give the font of letters at a height in layout units; English takes its narrow quotation marks."""
    _load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(height)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    if language == "en":
        font.setFeature(QFont.Tag("pwid"), 1)
    # Figures beside Latin letters would be other glyphs than beside hanzi, and "fi" one glyph: lost to a search.
    for feature in ("locl", "liga"):
        font.setFeature(QFont.Tag(feature), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def missing_glyphs(rendered: Rendered) -> tuple[str, ...]:
    """Give the characters of a letter that no font here can draw; somebody must look at them before the seal."""
    seen = dict.fromkeys(_BEYOND_ASCII.findall(rendered.number + rendered.words))
    return tuple(character for character in seen if not _can_draw(character))


def with_missing_glyphs_said(text: str) -> str:
    """Put the code and a request to check in the place of a character no font can draw, never a box."""
    return _BEYOND_ASCII.sub(
        lambda found: found[0] if _can_draw(found[0]) else f"〔请人工核对 U+{ord(found[0]):04X}〕", text
    )


def face_names(texts: Iterable[tuple[str, Language]], *, bold: bool) -> tuple[str, FaceNames]:
    """Give the name of a face in a file, and what its table of names must say of texts in their order."""
    raw = QRawFont.fromFont(letter_font(points(12), "zh", bold=bold))
    given = _given_names(bold=bold)
    mended: dict[str, str] = {}
    unnamed: dict[int, str] = {}
    for text, language in texts:
        for character in text:
            glyph = _glyph(character, language, bold=bold)
            name = given.get(glyph) if glyph is not None else character
            if name is None and glyph is not None:
                unnamed.setdefault(glyph, character)
            elif name != character:
                mended[str(name)] = character
    return f"NotoSansSC-{raw.styleName()}", FaceNames(mended, tuple(unnamed.values()))


@cache
def _load_fonts() -> None:
    """Make the fonts that travel with the program known, unless the window has done so already."""
    if "SemiBold" in QFontDatabase.styles(FAMILY):
        return
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFontFromData(files("resources").joinpath("fonts", name).read_bytes())


@cache
def _can_draw(character: str) -> bool:
    """Say whether both faces can draw a character."""
    if _SHAPELESS.match(character):
        return True
    faces = (letter_font(points(12), "zh", bold=bold) for bold in (False, True))
    return all(QFontMetricsF(face).inFontUcs4(ord(character)) for face in faces)


@cache
def _given_names(*, bold: bool) -> dict[int, str]:
    """Give the name Qt writes for every glyph of a face: the lowest code of the first plane that shows it."""
    raw = QRawFont.fromFont(letter_font(points(12), "zh", bold=bold))
    names: dict[int, str] = {}
    for first in range(0, _FIRST_PLANE, 0x800):
        if first == 0xD800:  # surrogates are no characters
            continue
        text = "".join(map(chr, range(first, first + 0x800)))
        for character, glyph in zip(text, raw.glyphIndexesForString(text), strict=True):
            names.setdefault(glyph, character)
    return names


@cache
def _glyph(character: str, language: Language, *, bold: bool) -> int | None:
    """Give the glyph a character is drawn with in a face; none when another font must help out."""
    layout = QTextLayout(character, letter_font(points(12), language, bold=bold))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    if len(runs) != 1 or not runs[0].rawFont().familyName().startswith(FAMILY):
        return None
    glyphs = runs[0].glyphIndexes()
    return glyphs[0] if glyphs else None
