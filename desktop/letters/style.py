"""The look of a letter on A4: one scale of sizes, the spaces of an official document, and a large print one.

Lengths are whole *units* of a tenth of a point. A text layout takes them as pixels, so that the same
lines break at the same places on paper, in a file and on any screen.
"""

from dataclasses import dataclass

from desktop.words import Language

UNITS_PER_POINT = 10
UNITS_PER_INCH = 72 * UNITS_PER_POINT
LARGE_PRINT = 1.5
TIGHT = 0.4
FAMILY = "Noto Sans SC"
INK = "#000000"
QUIET = "#404040"
RULE = "#767676"
PALE = "#dadada"


def points(count: float) -> int:
    """Give a length in points as layout units."""
    return round(count * UNITS_PER_POINT)


def millimetres(count: float) -> int:
    """Give a length in millimetres as layout units."""
    return round(count / 25.4 * UNITS_PER_INCH)


QR_WIDTH = millimetres(26)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper with its margins, in layout units."""

    width: int = millimetres(210)
    height: int = millimetres(297)
    top: int = millimetres(22)
    right: int = millimetres(25)
    bottom: int = millimetres(21)
    left: int = millimetres(27)

    @property
    def text_width(self) -> int:
        """The width lines may fill."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """The height lines may fill."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sizes:
    """The heights of letters on one sheet, in layout units."""

    title: int
    heading: int
    body: int
    table: int
    note: int
    footer: int
    number: int


_SIZES: dict[Language, Sizes] = {
    "zh": Sizes(
        title=points(22), heading=points(15), body=points(15), table=points(12.5), note=points(11.5), footer=points(10),
        number=points(18),
    ),
    "en": Sizes(
        title=points(17), heading=points(12), body=points(12), table=points(11), note=points(10.5), footer=points(10),
        number=points(18),
    ),
}  # fmt: skip


def sizes_of(language: Language, *, large: bool) -> Sizes:
    """Give the sizes for a language, half as big again in large print."""
    standard = _SIZES[language]
    if not large:
        return standard
    return Sizes(
        # A title this long must still fit its line; it grows less than the text it stands over.
        title=round(standard.title * 1.3),
        heading=round(standard.heading * LARGE_PRINT),
        body=round(standard.body * LARGE_PRINT),
        table=round(standard.table * LARGE_PRINT),
        note=round(standard.note * LARGE_PRINT),
        footer=round(standard.footer * LARGE_PRINT),
        number=round(standard.number * LARGE_PRINT),
    )


def sheet_of(*, large: bool) -> Sheet:
    """Give the sheet: large print takes a little more of its width."""
    return Sheet(left=millimetres(22), right=millimetres(20)) if large else Sheet()


_RULES = """
h1 {{ font-size: {title}px; font-weight: 600; text-align: center; margin: 0 0 {half}px 0; }}
h2 {{ font-size: {heading}px; font-weight: 600; margin: {above}px 0 {third}px 0; }}
p {{ margin: 0 0 {third}px 0; line-height: {leading}%; }}
p.running {{ text-indent: {indent}px; }}
p.mark {{ text-align: center; margin: 0 0 {space}px 0; }}
p.quiet {{ font-size: {note}px; color: {quiet}; }}
p.big {{ font-size: {number}px; font-weight: 600; margin: 0 0 {third}px 0; line-height: 100%; }}
ol, ul {{ margin: 0 0 {half}px 0; }}
li {{ margin: 0 0 {third}px 0; line-height: {leading}%; }}
li.small {{ font-size: {note}px; margin: 0; }}
p.gap {{ margin: {half}px 0 {half}px 0; }}
p.foot {{ font-size: {note}px; margin: 0; line-height: 100%; }}
p.seal {{ margin: 0; line-height: {leading}%; }}
td.seal {{ padding: {half}px 0 {half}px 0; }}
td.sign {{ font-size: {table}px; padding: {sign}px {third}px; }}
span.note {{ font-size: {note}px; color: {quiet}; }}
b, span.strong {{ font-weight: 600; }}
table {{ border-collapse: collapse; border-style: none; margin: {third}px 0 {third}px 0; }}
th {{ font-size: {table}px; font-weight: 600; text-align: left; border-style: none; padding: {third}px {third}px;
     border-bottom-style: solid; border-bottom-width: {thick}px; border-bottom-color: {ink}; }}
td {{ border-style: none; padding: {third}px {half}px {third}px {third}px; }}
td.row {{ border-bottom-style: solid; border-bottom-width: {hair}px; border-bottom-color: {rule};
     font-size: {table}px; }}
td.topped {{ border-top-style: solid; border-top-width: {thick}px; border-top-color: {rule}; }}
td.boxed {{ border-style: solid; border-width: {thick}px; border-color: {rule}; padding: {above}px; }}
"""


def style_of(language: Language, *, large: bool, tight: bool = False) -> str:
    """Write the style sheet of a letter in one language; a tight one has less space between its pieces.

    GB/T 9704-2012, 7.3.5.5: where the place of the seal does not fit the page, spaces give way, not the seal.
    """
    sizes = sizes_of(language, large=large)
    body = round(sizes.body * TIGHT) if tight else sizes.body
    return _RULES.format(
        title=sizes.title, heading=sizes.heading, body=sizes.body, table=sizes.table, note=sizes.note,
        number=sizes.number, third=body // 3, half=body // 2, space=body,
        indent=2 * sizes.body if language == "zh" else 0, leading=95 if tight else 104 if language == "zh" else 105,
        sign=sizes.body * 2 // 5, above=max(body // 2, sizes.body // 4), hair=points(0.4), thick=points(0.8),
        ink=INK, quiet=QUIET, rule=RULE,
    )  # fmt: skip
