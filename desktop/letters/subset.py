"""The few marks a letter's layout may use; a template that uses any other is told so."""

from collections.abc import Iterable
from html.parser import HTMLParser

from desktop.letters.faults import TemplateFault

ALLOWED: dict[str, frozenset[str]] = {
    "h1": frozenset(),
    "h2": frozenset(),
    "p": frozenset({"class"}),
    "span": frozenset({"class"}),
    "b": frozenset(),
    "br": frozenset(),
    "ol": frozenset({"type"}),
    "ul": frozenset(),
    "li": frozenset({"class"}),
    "table": frozenset({"width", "cellspacing", "cellpadding"}),
    "thead": frozenset(),
    "tr": frozenset(),
    "th": frozenset({"width"}),
    "td": frozenset({"class", "width", "align", "valign"}),
    "img": frozenset({"src", "width", "height"}),
}
_EMPTY_TAGS = frozenset({"br", "img"})
QR_CODE = "qr"


class _Reader(HTMLParser):
    """Reads a page of marks: refuses strangers and unclosed ones, keeps the plain words."""

    def __init__(self, template: str) -> None:
        super().__init__(convert_charrefs=True)
        self.template = template
        self.open_tags: list[str] = []
        self.words: list[str] = []

    def fault(self, code: str, **values: str) -> TemplateFault:
        # The line of what came out is not the line of the template: the mark itself is what its writer can find.
        return TemplateFault(code, template=self.template, line=None, **values)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            raise self.fault("mark_not_allowed", mark=tag)
        self._check_attributes(tag, attrs)
        if tag in _EMPTY_TAGS:
            self.words.append("\n")
            return
        self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY_TAGS:
            return
        if not self.open_tags or self.open_tags[-1] != tag:
            raise self.fault("mark_not_closed", mark=tag)
        self.open_tags.pop()
        if tag not in {"span", "b"}:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise self.fault("mark_not_allowed", mark=f"<!--{data[:20]}")

    def handle_decl(self, decl: str) -> None:
        raise self.fault("mark_not_allowed", mark=f"<!{decl[:20]}")

    def handle_pi(self, data: str) -> None:
        raise self.fault("mark_not_allowed", mark=f"<?{data[:20]}")

    def unknown_decl(self, data: str) -> None:
        raise self.fault("mark_not_allowed", mark=f"<![{data[:20]}")

    def _check_attributes(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name not in ALLOWED[tag]:
                raise self.fault("mark_not_allowed", mark=f"{tag} {name}")
            if name == "src" and value != QR_CODE:
                raise self.fault("picture_not_allowed", picture=value or "")


def read_words(html: str, template: str) -> str:
    """Give the plain words of a page of marks, one paragraph a line.

    Raises TemplateFault when a mark outside the subset is used, or one is left open.
    """
    reader = _Reader(template)
    reader.feed(html)
    reader.close()
    if reader.open_tags:
        raise reader.fault("mark_not_closed", mark=reader.open_tags[-1])
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)
