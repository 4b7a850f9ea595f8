"""Themes and sizes keep the figures of look.md and inclusion.md, and reach every widget that is shown."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import fonts, icons, sizes, theme, translate
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.status_mark import STATUSES, TOKENS
from tests.ui.conftest import SetLook
from tests.ui.page_pixels import contrast

GROUNDS = ("page", "surface", "rail", "accent_soft", "hover", "pressed", "done_soft", "warning_soft", "danger_soft")
INKS = ("text", "muted", "accent", "done", "warning", "danger", *sorted(set(TOKENS.values())))
PAIRS = [
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_danger", "danger"),
    ("on_selected", "selected"),
]
LIMITS = {"light": (4.5, 21.1), "dark": (4.5, 21.1), "high_contrast": (20, 21.1), "low_glare": (4.5, 8.05)}
DOTS_PER_MM = 1080 / 267.8

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
MACHADO = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def colour(shown: theme.Theme, role: str) -> int:
    return int(theme.tokens_of(shown)[role][1:], 16)


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* of a linear RGB colour under D65."""
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_as(rgb: int, eye: str) -> tuple[float, float, float]:
    """The colour an eye without one kind of cone sees, in L*a*b*."""
    channels = [((rgb >> shift) & 255) / 255 for shift in (16, 8, 0)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    mixed = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in MACHADO[eye]]
    red, green, blue = (min(1.0, max(0.0, each)) for each in mixed)
    return lab((red, green, blue))


@pytest.mark.parametrize("shown", theme.THEMES)
def test_every_text_colour_can_be_read_on_every_ground(shown: theme.Theme) -> None:
    least, most = LIMITS[shown]
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS] + PAIRS
    wrong = [
        f"{ink} on {ground}: {measured:.2f}"
        for ink, ground in pairs
        if not least <= (measured := contrast(colour(shown, ink), colour(shown, ground))) <= most
    ]
    assert wrong == []


@pytest.mark.parametrize("ground", ["page", "surface"])
@pytest.mark.parametrize("ink", ["text", "accent", "muted"])
def test_what_carries_meaning_at_a_kiosk_has_contrast_seven(ink: str, ground: str) -> None:
    least = 6.8 if ink == "muted" else 7
    assert contrast(colour("light", ink), colour("light", ground)) >= least


@pytest.mark.parametrize("shown", theme.THEMES)
@pytest.mark.parametrize("role", ["border", "focus", "accent"])
def test_borders_and_focus_marks_can_be_seen_on_page_and_surface(shown: theme.Theme, role: str) -> None:
    for ground in ("page", "surface"):
        assert contrast(colour(shown, role), colour(shown, ground)) >= 3


@pytest.mark.parametrize("shown", theme.THEMES)
def test_every_theme_names_the_same_tokens(shown: theme.Theme) -> None:
    assert theme.tokens_of(shown).keys() == theme.tokens_of("light").keys()


@pytest.mark.parametrize("eye", MACHADO)
@pytest.mark.parametrize("shown", theme.THEMES)
def test_statuses_of_different_colours_differ_for_every_eye(shown: theme.Theme, eye: str) -> None:
    inks = sorted({colour(shown, TOKENS[status]) for status in STATUSES})
    for one, other in combinations(inks, 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen_as(one, eye), seen_as(other, eye), strict=True)) ** 0.5
        assert apart >= 20, f"#{one:06X} and #{other:06X} are {apart:.1f} apart"


@pytest.mark.parametrize("size", theme.SIZES)
def test_capitals_at_a_kiosk_have_the_height_the_size_promises(look: SetLook, size: sizes.Size) -> None:
    look("light", size, standard_pixels=sizes.kiosk_text_pixels(DOTS_PER_MM))
    height = QFontMetricsF(theme.current().font()).capHeight() / DOTS_PER_MM
    assert height == pytest.approx(sizes.CAP_HEIGHT_MM[size], abs=0.1)  # a font has whole pixels


def test_a_kiosk_begins_with_capitals_of_at_least_4_8_millimetres() -> None:
    assert sizes.CAP_HEIGHT_MM[sizes.DEFAULT_SIZE["kiosk"]] >= 4.8


def test_a_clerk_begins_with_ordinary_text_and_buttons_36_pixels_high(look: SetLook, qtbot: QtBot) -> None:
    look()
    button = Button("受理")
    qtbot.addWidget(button)
    margin = theme.current().ring - 1
    assert theme.current().font().pixelSize() == 14
    assert button.sizeHint().height() - 2 * margin == 36


def test_the_larger_steps_of_a_clerk_grow_as_those_of_a_kiosk(look: SetLook) -> None:
    pixels = []
    for size in theme.SIZES:
        look("light", size)
        pixels.append(theme.current().font().pixelSize())
    assert pixels == [14, 19, 26, 32]


def test_text_already_on_the_screen_grows_and_changes_colour(look: SetLook, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    label, field, title = QLabel("姓名"), QLineEdit("张伟"), QLabel("登记")
    title.setProperty("role", "title")
    for widget in (label, field, title):
        column.addWidget(widget)
    page.show()
    look("dark", "largest")
    assert (label.font().pixelSize(), field.font().pixelSize(), title.font().pixelSize()) == (32, 32, 51)
    ink = label.palette().color(label.foregroundRole())
    assert ink == QColor(theme.tokens_of("dark")["text"])


class Styled(QObject):
    """Counts how often a widget is styled."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def test_each_part_of_a_page_is_styled_twice_at_a_change_however_deep_it_lies(look: SetLook, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    inside = page
    for _ in range(6):
        column = QVBoxLayout(inside)
        inside = QWidget()
        column.addWidget(inside)
    page.show()
    styled = Styled(inside)
    look("dark", "large")
    assert styled.times <= 2, "once without a sheet and once with the new one"
    styled.times = 0
    look("dark", "large")
    assert styled.times == 0, "the same look asks for nothing"


def test_what_was_not_shown_yet_is_shown_in_the_size_chosen_since(look: SetLook, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label = QLabel("姓名")
    QVBoxLayout(page).addWidget(label)
    look("light", "largest")
    page.show()
    assert label.font().pixelSize() == 32


def test_those_who_measure_for_themselves_are_told(look: SetLook, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.current().changed):
        look("light", "larger")


def test_an_icon_takes_the_colour_of_its_token_in_every_theme(look: SetLook) -> None:
    shown = icons.icon("check", "accent")
    for each in theme.THEMES:
        look(each)
        image = shown.pixmap(48, 48).toImage()
        inks = {
            image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
        }
        assert inks == {theme.tokens_of(each)["accent"].lower()}


def test_an_icon_that_is_not_there_is_found_at_once() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


@pytest.mark.parametrize("name", fonts.FILES)
def test_every_character_of_gb_2312_has_a_glyph_in_both_weights(qapp: QApplication, name: str) -> None:
    font = QRawFont(str(Path(theme.__file__).parents[2] / "resources" / "fonts" / name), 16)
    codes = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    hanzi = [code.decode("gb2312") for code in codes if not code.startswith(b"\xd7") or code[1] <= 0xF9]
    assert len(hanzi) == 6763
    assert [each for each in hanzi if not font.supportsCharacter(ord(each))] == []


def test_a_character_without_a_glyph_is_named(qapp: QApplication) -> None:
    assert fonts.missing("张𠮷伟 A1") == ["𠮷"]


def test_figures_are_all_of_one_width(look: SetLook) -> None:
    for strong in (False, True):
        metrics = QFontMetricsF(theme.current().font(strong=strong))
        assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_strong_weight_is_drawn_from_its_own_file(look: SetLook) -> None:
    assert QRawFont.fromFont(theme.current().font(strong=True)).styleName() == "SemiBold"


class Counted(translate.Retranslated, QWidget):
    """A page that counts how often it is told to say its words again."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def retranslate(self) -> None:
        self.times += 1


def test_a_page_says_its_words_once_at_each_change_of_language(qapp: QApplication, look: SetLook, qtbot: QtBot) -> None:
    page = Counted()
    qtbot.addWidget(page)
    for language in ("en", "zh", "en"):
        before = page.times
        translate.switch_language(qapp, language)
        qapp.processEvents()
        assert page.times == before + 1


def test_qt_s_own_menus_speak_chinese_too(qapp: QApplication, look: SetLook) -> None:
    translate.switch_language(qapp, "zh")
    assert qapp.translate("QWidgetTextControl", "&Copy").startswith("复制")
    translate.switch_language(qapp, "en")
    assert qapp.translate("QWidgetTextControl", "&Copy") == "&Copy"


def test_nobody_else_sets_a_style_sheet_or_names_a_colour() -> None:
    wrong = []
    folder = Path(theme.__file__).parent
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"\bsetStyleSheet\(", text) and path.name != "theme.py":
            wrong.append(f"{path.name} sets a style sheet")
        if re.search(r"""["']#[0-9a-fA-F]{6}["']""", text):
            wrong.append(f"{path.name} names a colour")
    assert wrong == []


def test_the_look_outlives_what_listens_to_it(look: SetLook, qtbot: QtBot) -> None:
    listener = QObject()
    theme.current().changed.connect(listener.deleteLater)
    look("dark")
    look("light")
    assert theme.current().theme == "light"
