"""From what a letter says to words and marks on a page, in Chinese, in English or in both."""

import io
import re
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import segno
from pydantic import BaseModel

from desktop.letters.content import Letter, LetterKind
from desktop.letters.parts import Due, Limit
from desktop.letters.style import QR_WIDTH, style_of
from desktop.letters.subset import QR_CODE, read_words
from desktop.letters.templates import fill
from desktop.letters.text import Bilingual, Part, clean_line
from desktop.letters.wording import NOT_VALID, day, last_day, limit
from desktop.words import Language, in_language

ZH_ONLY: tuple[Language, ...] = ("zh",)
EN_ONLY: tuple[Language, ...] = ("en",)
ZH_THEN_EN: tuple[Language, ...] = ("zh", "en")

_BLOCK_MARK = re.compile(r"(</?(?:h1|h2|p|ol|ul|li|table|thead|tr|th|td)\b[^>]*>)")
_PAGE_WORDS: dict[Language, str] = {"zh": "第{page}页 共{pages}页", "en": "Page {page} of {pages}"}


class RenderedPart(Part):
    """A letter in one language: its marks, the style they are set in, and the same as plain words."""

    language: Language
    title: str
    html: str
    style: str
    words: str
    tight_style: str = ""
    """The style with less space between the pieces, for a letter that takes a page less with it."""


class Rendered(Part):
    """A letter ready for paper: one part a language, the pictures it shows, and what its footer says."""

    kind: LetterKind
    number: str
    dated: date
    issuer: str
    large: bool
    parts: tuple[RenderedPart, ...]
    pictures: Mapping[str, bytes]
    across: tuple[str, ...] = ()
    """What lies across every page, large and pale, a line each; nothing in a real hall."""

    @property
    def title(self) -> str:
        """The title of the letter, for its window and for the properties of its file."""
        return " ".join(part.title for part in self.parts)

    @property
    def words(self) -> str:
        """The letter as plain words, for a screen reader and for reading aloud."""
        return "\n".join((*self.across, *(part.words for part in self.parts)))

    def page_words(self, page: int, pages: int) -> str:
        """Say which page of how many this is, in the languages of the letter."""
        return "  ".join(_PAGE_WORDS[part.language].format(page=page, pages=pages) for part in self.parts)


def render(
    letter: Letter,
    languages: tuple[Language, ...] = ZH_ONLY,
    *,
    large: bool = False,
    templates: Mapping[str, str] | None = None,
) -> Rendered:
    """Put a letter into words and marks, one part a language, in the order asked for.

    ``templates`` maps names such as ``zh/receipt.html`` to texts that stand in for the shipped ones.
    Raises TemplateFault when a template is wrong; the shipped ones are tested for every kind of letter.
    """
    return Rendered(
        kind=letter.kind,
        number=letter.number,
        dated=letter.dated,
        issuer=clean_line(in_language(languages[0]).pick(letter.issuer)),
        large=large,
        parts=tuple(_part(letter, language, large=large, templates=templates) for language in languages),
        pictures={QR_CODE: qr_code(letter.request_number)},
        across=NOT_VALID if letter.hall.practice else (),
    )


def qr_code(text: str) -> bytes:
    """Draw the square code of a number as a PNG picture, eight dots a module, with its quiet zone."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


def spoken(value: Any, language: Language) -> Any:
    """Turn what a letter says into what a template may print: words, numbers, truths, and groups of them."""
    match value:
        case Bilingual():
            return in_language(language).pick(value)
        case Due():
            return last_day(value, language)
        case Limit():
            return limit(value, language)
        case date():
            return day(value, language)
        case BaseModel():
            return SimpleNamespace(**{name: spoken(part, language) for name, part in value})
        case tuple():
            return tuple(spoken(part, language) for part in value)
        case _:
            return value


def _part(letter: Letter, language: Language, *, large: bool, templates: Mapping[str, str] | None) -> RenderedPart:
    """Fill the template of one language and check what comes out."""
    name = f"{language}/{letter.kind}.html"
    values = {field: spoken(value, language) for field, value in letter}
    values |= {"issuer": in_language(language).pick(letter.issuer), "qr_width": QR_WIDTH}
    title, filled = fill(name, values, templates)
    # Spaces between paragraphs and cells are the template's own; a text layout would print some of them.
    html = "".join(piece.strip() for piece in _BLOCK_MARK.split(filled))
    return RenderedPart(
        language=language,
        title=clean_line(read_words(title, name)),
        html=html,
        style=style_of(language, large=large),
        tight_style=style_of(language, large=large, tight=True),
        words=read_words(filled, name),
    )
