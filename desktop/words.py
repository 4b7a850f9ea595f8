"""Words of the hall in Chinese and English, for window, letters and command line alike.

English sentences stand in the code as msgids, their Chinese in ``resources/i18n/zh/*.po``; English needs no file.
Nothing here knows a window system, so that letters and headless commands say the same words as the screen.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal, Protocol, get_args

Language = Literal["zh", "en"]
Unit = Literal["working_day", "day", "week", "month", "year", "hour", "minute"]
Catalogue = dict[str, tuple[str, ...]]

LANGUAGES: tuple[Language, ...] = get_args(Language)

_CONTEXT = "\x04"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_LINE = re.compile(r'^(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+)?"(.*)"\s*$')
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS_ZH = "一二三四五六日"


class Bilingual(Protocol):
    """A text written in both languages, as the catalogue's titles and questions are."""

    @property
    def zh(self) -> str:
        """The Chinese wording."""

    @property
    def en(self) -> str:
        """The English wording."""


def read_po(text: str) -> Catalogue:
    """Read the text of one po file: msgid (with its context before it) to the sentences of its plural forms.

    Entries without a translation, marked fuzzy or obsolete are left out, as gettext leaves them out.
    """
    found: Catalogue = {}
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        if "#, fuzzy" in block or "#,fuzzy" in block:
            continue
        parts = _parts_of(block)
        forms = tuple(parts[key] for key in sorted(parts) if key.startswith("msgstr"))
        if parts.get("msgid") and forms and all(forms):
            context = parts.get("msgctxt")
            found[parts["msgid"] if context is None else context + _CONTEXT + parts["msgid"]] = forms
    return found


def _parts_of(block: str) -> dict[str, str]:
    """Take one entry of a po file apart: msgid, msgctxt, msgstr0, msgstr1 and so on."""
    parts: dict[str, str] = {}
    at = ""
    for line in block.split("\n"):
        match = _LINE.match(line)
        if match is None:
            continue
        word, number, quoted = match.groups()
        if word is not None:
            at = f"msgstr{number or 0}" if word == "msgstr" else word
        piece = _ESCAPE.sub(lambda m: _ESCAPES.get(m[1], m[0]), quoted) if "\\" in quoted else quoted
        parts[at] = parts.get(at, "") + piece
    return parts


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> Catalogue:
    """All translated sentences of one language, from every po file of its folder, read once."""
    folder = files("resources") / "i18n" / language
    if not folder.is_dir():
        return {}
    found: Catalogue = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".po"):
            found.update(read_po(path.read_text(encoding="utf-8")))
    return found


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, whatever language the screen shows: a letter to a person takes the person's."""

    language: Language

    def gettext(self, msgid: str) -> str:
        """Say one sentence; without a translation it stays English."""
        forms = catalogue(self.language).get(msgid)
        return forms[0] if forms else msgid

    def pgettext(self, context: str, msgid: str) -> str:
        """Say a word whose meaning depends on where it stands, such as "Open" on a button or as a state."""
        forms = catalogue(self.language).get(context + _CONTEXT + msgid)
        return forms[0] if forms else msgid

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Say a sentence about a number of things; Chinese has one form, English two."""
        forms = catalogue(self.language).get(singular)
        if forms:
            return forms[min(self._form(number), len(forms) - 1)]
        return singular if number == 1 else plural

    def pick(self, text: Bilingual) -> str:
        """Say a text of the catalogue; when one language is missing, the other is better than nothing."""
        chosen, other = (text.zh, text.en) if self.language == "zh" else (text.en, text.zh)
        return chosen or other

    def date(self, day: dt.date, today: dt.date | None = None) -> str:
        """Say a day: 11月23日 周一, Mon 23 Nov. The year is said unless it is the year of ``today``."""
        year = today is None or day.year != today.year
        if self.language == "zh":
            said = f"{day.month}月{day.day}日 周{_WEEKDAYS_ZH[day.weekday()]}"
            return f"{day.year}年{said}" if year else said
        said = f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]}"
        return f"{said} {day.year}" if year else said

    def time(self, moment: dt.datetime | dt.time) -> str:
        """Say a time of day by the 24-hour clock: 14:05."""
        return f"{moment.hour:02}:{moment.minute:02}"

    def date_time(self, moment: dt.datetime, today: dt.date | None = None) -> str:
        """Say a moment: 11月23日 周一 14:05."""
        return f"{self.date(moment.date(), today)} {self.time(moment)}"

    def period(self, number: int, unit: Unit) -> str:
        """Say a length of time: 3个工作日, 3 working days."""
        return _period_forms(self, unit, number).format(n=number)

    def remaining(self, number: int, unit: Unit) -> str:
        """Say what is left of a limit: 还有3个工作日, 3 working days left; below nought it is overdue."""
        period = self.period(abs(number), unit)
        if number < 0:
            return self.gettext("{period} overdue").format(period=period)
        return self.gettext("{period} left").format(period=period)

    def money(self, amount: Decimal) -> str:
        """Say an amount of yuan to the fen: 1,250.00元, ¥1,250.00."""
        return f"{amount:,.2f}元" if self.language == "zh" else f"¥{amount:,.2f}"

    def listing(self, parts: Iterable[str]) -> str:
        """Put words in a row: 甲、乙, A, B."""
        return ("、" if self.language == "zh" else ", ").join(parts)

    def _form(self, number: int) -> int:
        return 0 if self.language == "zh" or number == 1 else 1


def _period_forms(words: Words, unit: Unit, number: int) -> str:
    """The sentence for a length of time in one unit."""
    ngettext = words.ngettext
    forms = {
        "working_day": ngettext("{n} working day", "{n} working days", number),
        "day": ngettext("{n} day", "{n} days", number),
        "week": ngettext("{n} week", "{n} weeks", number),
        "month": ngettext("{n} month", "{n} months", number),
        "year": ngettext("{n} year", "{n} years", number),
        "hour": ngettext("{n} hour", "{n} hours", number),
        "minute": ngettext("{n} minute", "{n} minutes", number),
    }
    return forms[unit]


_WORDS: dict[Language, Words] = {each: Words(each) for each in LANGUAGES}


class _Seat:
    """The language this seat shows now."""

    words: Words = _WORDS["zh"]


def set_language(language: Language) -> None:
    """Choose the language of this seat; a window is told by ``desktop.ui.translate.switch_language``."""
    _Seat.words = _WORDS[language]


def language() -> Language:
    """The language this seat shows now."""
    return _Seat.words.language


def in_language(language: Language) -> Words:
    """The words of a language that need not be the seat's."""
    return _WORDS[language]


def here() -> Words:
    """The words of this seat's language."""
    return _Seat.words


def _(msgid: str) -> str:
    """Say one sentence in this seat's language."""
    return _Seat.words.gettext(msgid)


def pgettext(context: str, msgid: str) -> str:
    """Say a word in this seat's language whose meaning depends on where it stands."""
    return _Seat.words.pgettext(context, msgid)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Say a sentence about a number of things in this seat's language."""
    return _Seat.words.ngettext(singular, plural, number)


def gettext_noop(msgid: str) -> str:
    """Mark a sentence of a table for translation; it is said later by ``_(table[key])``."""
    return msgid


def pick(text: Bilingual, language: Language | None = None) -> str:
    """Say a text of the catalogue in this seat's language, or in another."""
    return (_Seat.words if language is None else _WORDS[language]).pick(text)
