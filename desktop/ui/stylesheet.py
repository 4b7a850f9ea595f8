"""The style sheet of the program, generated from the tokens and measures of a look.

Every control that takes the keyboard keeps a margin outside its border. With focus the border grows into that margin,
in fields also inwards, so that nothing moves and the mark has at least the area of a line two pixels wide around it.
A filled button has no room inside for a mark that can be told from its colour: its mark lies outside.
Fusion's own check boxes, arrows and focus marks cannot be seen in high contrast; here they are drawn from tokens.
"""

from functools import lru_cache
from math import ceil
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir

from desktop.ui.sizes import HEADING, TITLE

if TYPE_CHECKING:
    from desktop.ui.theme import Look

CONTROL_UNITS = 3.55  # height of a button or field between its borders: 36 px at the clerk's standard size

_TEXTS = """
* { outline: none; icon-size: ${icon}px; }
QWidget { color: $text; selection-background-color: $selected; selection-color: $on_selected; }
QMainWindow, QDialog, QWidget[role="page"] { background: $page; }
QStackedWidget { background: transparent; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title_px}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading_px}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="accent"] { color: $accent; }
QLabel[role="error"] { color: $danger; font-weight: 600; }
QLabel[role="status-overdue"], QLabel[role="status-refused"] { font-weight: 600; }
QLabel[role="warning"] { color: $warning; font-weight: 600; }
QLabel:disabled { color: $muted; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: ${u05}px; }
"""

_FRAMES = """
QFrame[role="card"] { background: $surface; border: 1px solid $hairline; border-radius: ${radius2}px; }
QFrame[role="rail"] { background: $rail; border: none; border-right: 1px solid $hairline; }
QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $hairline; }
QFrame[role="line"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="notice-info"], QFrame[role="notice-done"], QFrame[role="notice-warning"], QFrame[role="notice-problem"] {
  border: 1px solid $hairline; border-left: ${u04}px solid $accent;
  border-top-right-radius: ${radius}px; border-bottom-right-radius: ${radius}px; background: $accent_soft; }
QFrame[role="notice-done"] { border-left-color: $done; background: $done_soft; }
QFrame[role="notice-warning"] { border-left-color: $warning; background: $warning_soft; }
QFrame[role="notice-problem"] { border-left-color: $danger; background: $danger_soft; }
QFrame[role="notice-problem"]:focus, QFrame[role="notice-info"]:focus { border: ${ring}px solid $focus; }
QGroupBox { border: none; margin-top: ${u3}px; padding: 0; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: ${u1}px; image: url($grip_v); }
QSplitter::handle:vertical { height: ${u1}px; image: url($grip_h); }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="page"] { background: $page; }
QStatusBar { background: $surface; border-top: 1px solid $hairline; color: $muted; }
QStatusBar::item { border: none; }
"""

_BUTTONS = """
QPushButton, QToolButton { margin: ${gap}px; border: 1px solid $border; border-radius: ${radius}px;
  background: $surface; color: $text; padding: ${pad_t}px ${pad_h}px ${pad_b}px; min-height: ${line}px; }
QToolButton { padding: ${pad_t}px ${pad_t}px ${pad_b}px; min-width: ${line}px; }
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $text; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; border-color: $accent; }
QPushButton:checked, QToolButton:checked { background: $selected; color: $on_selected; border-color: $accent; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="danger"] { border-color: $danger; color: $danger; }
QPushButton[role="danger"]:hover { background: $danger_soft; }
QPushButton[role="danger"]:pressed { background: $danger_soft; border-color: $danger_hover; color: $danger_hover; }
QPushButton[role="quiet"], QToolButton[role="quiet"] {
  background: transparent; border-color: $quiet_border; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {
  background: $hover; border-color: $quiet_hover; }
QPushButton[role="quiet"]:pressed { background: $pressed; }
QPushButton[role="quiet"]:checked { background: $selected; color: $on_selected; }
QPushButton[role="rail"] { background: transparent; border-color: transparent; text-align: left;
  border-left: ${u04}px solid transparent; border-top-left-radius: 0; border-bottom-left-radius: 0;
  padding: ${pad_t}px ${u1}px ${pad_b}px; }
QPushButton[role="rail"]:hover { background: $hover; border-color: $quiet_hover; }
QPushButton[role="rail"]:checked { background: $selected; color: $on_selected; font-weight: 600;
  border-left-color: $accent; }
QPushButton[role="choice"] { text-align: left; padding: ${u1}px ${pad_h}px; }
QPushButton[role="chip"] { border-radius: ${u1}px; padding: ${pad_t}px ${u1}px ${pad_b}px; }
QPushButton[role="link"] { background: transparent; border-color: transparent; color: $accent; text-align: left;
  padding: ${u02}px 0; text-decoration: underline; }
QPushButton[role="link"]:hover { color: $accent_hover; }
QPushButton[role="link"]:pressed { color: $accent_pressed; }
QPushButton:focus, QToolButton:focus, QPushButton[role="primary"]:focus, QPushButton[role="danger"]:focus,
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus,
QPushButton[role="rail"]:focus, QPushButton[role="choice"]:focus, QPushButton[role="link"]:focus {
  margin: 0; border: ${ring}px solid $focus; }
QPushButton:disabled, QToolButton:disabled, QPushButton[role="primary"]:disabled, QPushButton[role="danger"]:disabled {
  background: $page; color: $muted; border: $disabled_border; font-weight: 400; }
QPushButton[role="quiet"]:disabled, QPushButton[role="link"]:disabled, QPushButton[role="rail"]:disabled,
QToolButton[role="quiet"]:disabled { background: transparent; border: $quiet_disabled_border; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: url($chevron_down); width: ${arrow}px; }
"""

_FIELDS = """
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QTextEdit, QPlainTextEdit {
  margin: ${gap_f}px; border: 1px solid $border; border-radius: ${radius}px; background: $surface; color: $text;
  padding: ${pad_t}px ${u08}px ${pad_b}px; min-height: ${line}px; placeholder-text-color: $muted; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { max-height: ${line}px; }
QLineEdit[role="search"] { padding-left: ${u3}px; }
QLineEdit:hover, QSpinBox:hover, QComboBox:hover, QTextEdit:hover, QPlainTextEdit:hover { border-color: $text; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QSpinBox[invalid="true"], QTextEdit[invalid="true"],
QPlainTextEdit[invalid="true"] { border: 2px solid $danger; padding: ${pad_t1}px ${u08m1}px ${pad_b1}px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QTextEdit:focus, QPlainTextEdit:focus,
QComboBox:on { margin: 0; border: ${ring}px solid $focus; padding: ${pad_tf}px ${u08f}px ${pad_bf}px; }
QLineEdit[invalid="true"]:focus, QComboBox[invalid="true"]:focus, QSpinBox[invalid="true"]:focus,
QTextEdit[invalid="true"]:focus, QPlainTextEdit[invalid="true"]:focus {
  border-width: ${ring1}px; padding: ${pad_tf1}px ${u08f1}px ${pad_bf1}px; }
QLineEdit[role="search"]:focus { padding-left: ${u3f}px; }
QLineEdit:read-only, QTextEdit:read-only, QPlainTextEdit:read-only { background: $page; border-color: $hairline; }
QLineEdit:read-only:focus, QTextEdit:read-only:focus, QPlainTextEdit:read-only:focus { border-color: $focus; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QTextEdit:disabled, QPlainTextEdit:disabled {
  background: $page; color: $muted; border: $disabled_border; }
QComboBox, QComboBox[invalid="true"] { padding-right: ${u05}px; }
QComboBox:focus, QComboBox:on { padding-right: ${u05f}px; }
QComboBox::drop-down { border: none; width: ${u25}px; }
QComboBox::down-arrow { image: url($chevron_down); width: ${arrow}px; height: ${arrow}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border; margin: 0;
  padding: ${u03}px; }
QComboBox QAbstractItemView::item { min-height: ${u3}px; padding: 0 ${u05}px; }
QSpinBox, QDoubleSpinBox { padding-right: ${u25}px; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  subcontrol-origin: border; border: none; width: ${u25}px; background: transparent; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($chevron_up); width: ${arrow}px; height: ${arrow}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($chevron_down); width: ${arrow}px; height: ${arrow}px; }
"""

_MARKS = """
QCheckBox, QRadioButton { background: transparent; border: ${ring}px solid transparent; border-radius: ${radius}px;
  spacing: ${u08}px; min-height: ${u25}px; padding: 0 ${u03}px 0 0; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QRadioButton[role="choice"] { background: $surface; border: 1px solid $border; margin: ${gap}px;
  padding: ${pad_t}px ${pad_h}px ${pad_b}px ${u08}px; min-height: ${line}px; }
QRadioButton[role="choice"]:hover { background: $hover; border-color: $text; }
QRadioButton[role="choice"]:checked { background: $accent_soft; border-color: $accent; }
QRadioButton[role="choice"]:focus { margin: 0; border: ${ring}px solid $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: ${mark}px; height: ${mark}px; border: ${mark_line}px solid $border; background: $surface; }
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: ${radius_small}px; }
QRadioButton::indicator { border-radius: ${mark_round}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  background: $accent; border-color: $accent; image: url($tick); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url($dash); }
QRadioButton::indicator:checked { border-color: $accent; image: url($dot); }
QSlider { min-height: ${u3}px; border: ${ring}px solid transparent; border-radius: ${radius}px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: ${u04}px; background: $border; border-radius: ${u02}px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: ${u02}px; }
QSlider::handle:horizontal { width: ${u2}px; margin: -${u08}px 0; background: $surface; border: 2px solid $accent;
  border-radius: ${u1}px; }
QProgressBar { border: 1px solid $border; border-radius: ${u04}px; background: $surface; min-height: ${u08}px;
  max-height: ${u08}px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: ${u03}px; }
"""

_LISTS = """
QAbstractItemView { margin: ${gap}px; border: 1px solid $hairline; border-radius: ${radius}px; background: $surface;
  color: $text; alternate-background-color: $page; gridline-color: $hairline; }
QAbstractItemView:focus { margin: 0; border: ${ring}px solid $focus; }
QListView[role="paper"]:!focus { border-color: transparent; background: transparent; }
QTableView::item, QListView::item, QTreeView::item { padding: 0 ${u08}px; border: none;
  border-bottom: 1px solid $hairline; }
QListView::item { min-height: ${u35}px; }
QTreeView::item { min-height: ${u3}px; border: none; }
QTableView::item:hover, QListView::item:hover, QTreeView::item:hover { background: $hover; color: $text; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {
  background: $selected; color: $on_selected; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url($chevron_right); }
QTreeView::branch:has-children:open { image: url($chevron_down); }
QHeaderView { background: $surface; border: none; margin: 0; }
QHeaderView::section { background: $surface; color: $muted; font-weight: 600; border: none;
  border-bottom: 1px solid $border; padding: ${u05}px ${u08h}px; text-align: left; }
QHeaderView::down-arrow { image: url($chevron_down); width: ${arrow}px; height: ${arrow}px; }
QHeaderView::up-arrow { image: url($chevron_up); width: ${arrow}px; height: ${arrow}px; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $border; }
"""

_TABS_AND_MENUS = """
QTabWidget::pane { border: none; border-top: 1px solid $hairline; top: -1px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: ${u05}px ${u1}px; margin-right: ${u05}px;
  border: ${ring}px solid transparent;
  min-height: ${line}px; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: ${ring}px solid $accent; }
QTabBar:focus { border: none; }
QTabBar::tab:selected:focus { border: ${ring}px solid $focus; }
QTabBar::tab:disabled { color: $muted; }
QMenuBar { background: $surface; border-bottom: 1px solid $hairline; }
QMenuBar::item { padding: ${u05}px ${u1}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $border; padding: ${u05}px; }
QMenu::item { padding: ${u05}px ${u2}px ${u05}px ${u1}px; border: 2px solid transparent;
  border-radius: ${radius_small}px; min-height: ${line}px; }
QMenu::item:selected { background: $hover; border-color: $focus; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $hairline; margin: ${u03}px 0; }
QMenu::icon { padding-left: ${u05}px; }
QMenu::indicator { width: ${mark}px; height: ${mark}px; padding-left: ${u05}px; }
QMenu::indicator:checked { image: url($check); }
QMenu::right-arrow { image: url($chevron_right); width: ${arrow}px; height: ${arrow}px; }
QToolBar { background: $surface; border: none; spacing: ${u05}px; padding: ${u03}px; }
"""

_SCROLL_BARS = """
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${bar}px; }
QScrollBar:horizontal { height: ${bar}px; }
QScrollBar::handle { background: $border; border-radius: ${bar_round}px; margin: ${bar_gap}px; }
QScrollBar::handle:vertical { min-height: ${u3}px; }
QScrollBar::handle:horizontal { min-width: ${u3}px; }
QScrollBar::handle:hover { background: $text; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""

_SHEET = Template(_TEXTS + _FRAMES + _BUTTONS + _FIELDS + _MARKS + _LISTS + _TABS_AND_MENUS + _SCROLL_BARS)

_STROKE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none" stroke="{colour}" stroke-width="{width}" '
    'stroke-linecap="round" stroke-linejoin="round"><path d="{path}"/></svg>'
)
_DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="7" fill="{colour}"/></svg>'
)


def style_sheet(look: "Look") -> str:
    """The style sheet of one theme at one size."""
    return _SHEET.substitute(_colours(look) | _measures(look) | _drawings(look))


def _colours(look: "Look") -> dict[str, str]:
    """Tokens by role, and the few lines that only high contrast draws."""
    from desktop.ui.theme import tokens_of

    tokens = dict(tokens_of(look.theme))
    high = look.theme == "high_contrast"
    tokens["quiet_border"] = tokens["border"] if high else "transparent"
    tokens["quiet_hover"] = tokens["border"] if high else "transparent"
    tokens["quiet_disabled_border"] = "1px dashed " + tokens["border"] if high else "1px solid transparent"
    tokens["disabled_border"] = f"1px {'dashed' if high else 'solid'} {tokens['hairline']}"
    return tokens


def _measures(look: "Look") -> dict[str, str]:
    """Every length of the style sheet in pixels, from the unit of the look."""
    px = look.px
    outside = (look.ring - 1) // 2
    inside = look.ring - 1 - outside
    line = ceil(2 * look.u)
    spare = px(CONTROL_UNITS) - 2 - line
    top, bottom = spare // 2, spare - spare // 2
    measures = {
        "line": line,
        "pad_t": top,
        "pad_b": bottom,
        "pad_t1": top - 1,
        "pad_b1": bottom - 1,
        "pad_tf": top - inside,
        "pad_bf": bottom - inside,
        "pad_tf1": top - inside - 1,
        "pad_bf1": bottom - inside - 1,
        "u02": px(0.2),
        "u03": px(0.3),
        "u04": px(0.4),
        "u05": px(0.5),
        "u08": px(0.8),
        "u08h": px(0.8) + 3,  # Qt keeps three pixels of its own beside the text of a cell
        "u1": px(1),
        "u2": px(2),
        "u25": px(2.5),
        "u3": px(3),
        "u35": px(3.5),
        "ring": look.ring,
        "gap": look.ring - 1,
        "gap_f": outside,
        "u08f": px(0.8) - inside,
        "u05f": px(0.5) - inside,
        "ring1": look.ring + 1,
        "u08f1": px(0.8) - 1 - inside,
        "u3f": px(3) - inside,
        "radius": look.radius,
        "radius2": px(0.8),
        "radius_small": max(2, px(0.3)),
        "pad_h": px(1.2),
        "u08m1": px(0.8) - 1,
        "icon": px(1.8),
        "arrow": px(1.4),
        "mark": px(1.6),
        "mark_line": max(1, px(0.12)),
        "mark_round": (px(1.6) + 2 * max(1, px(0.12))) // 2,
        "bar": px(1.2),
        "bar_gap": px(0.3),
        "bar_round": max(1, px(0.3)),
        "title_px": round(look.text_pixels * TITLE),
        "heading_px": round(look.text_pixels * HEADING),
    }
    return {name: str(value) for name, value in measures.items()}


def _drawings(look: "Look") -> dict[str, str]:
    """Addresses of the small drawings that a style sheet can only take from a file."""
    text, on_accent, border, accent = (look.token(role).name() for role in ("text", "on_accent", "border", "accent"))
    return {
        "chevron_down": _drawing("chevron-down", "M6 9l6 6 6-6", text),
        "chevron_up": _drawing("chevron-up", "M18 15l-6-6-6 6", text),
        "chevron_right": _drawing("chevron-right", "M9 18l6-6-6-6", text),
        "check": _drawing("check", "M4 12l5 5L20 6", text, 3),
        "tick": _drawing("check", "M4 12l5 5L20 6", on_accent, 3.5),
        "dash": _drawing("dash", "M5 12h14", on_accent, 3.5),
        "grip_v": _drawing("grip-v", "M6 2v60", border, 3, "0 0 12 64"),
        "grip_h": _drawing("grip-h", "M2 6h60", border, 3, "0 0 64 12"),
        "dot": _dot(accent),
    }


@lru_cache(maxsize=1)
def _folder() -> QTemporaryDir:
    """Where the drawings lie while the program runs; they hold nobody's data and go when it ends."""
    return QTemporaryDir()


@lru_cache(maxsize=256)
def _drawing(name: str, path: str, colour: str, width: float = 2, box: str = "0 0 24 24") -> str:
    """Write a drawing of one line in one colour and give its address."""
    return _written(f"{name}-{colour[1:]}-{width}", _STROKE.format(box=box, colour=colour, width=width, path=path))


@lru_cache(maxsize=256)
def _dot(colour: str) -> str:
    """Write a filled circle in one colour and give its address."""
    return _written(f"dot-{colour[1:]}", _DOT.format(colour=colour))


def _written(name: str, drawing: str) -> str:
    file = Path(_folder().filePath(f"{name}.svg"))
    file.write_text(drawing, encoding="utf-8")
    return file.as_posix()
