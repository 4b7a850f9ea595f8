"""Words of the calendar: holidays, who set a day, what a day is, and what an edit does to open requests."""

from datetime import date

from desktop.ui.widgets.year_layout import days_of
from desktop.ui.widgets.year_picture import DayMark, YearWords
from desktop.usecases.hall.calendar import OF_THE_HALL, OF_THE_STATE, CalendarYearRow, YearView
from desktop.words import _, gettext_noop, here, language
from desktop.workflow.time.calendars import DayKind

HOLIDAYS: dict[str, str] = {
    "new_year": gettext_noop("New Year's Day"),
    "spring_festival": gettext_noop("Spring Festival"),
    "tomb_sweeping": gettext_noop("Tomb-sweeping Day"),
    "labour_day": gettext_noop("Labour Day"),
    "dragon_boat": gettext_noop("Dragon Boat Festival"),
    "mid_autumn": gettext_noop("Mid-autumn Festival"),
    "national_day": gettext_noop("National Day"),
    "victory_70": gettext_noop("70th Anniversary of Victory Day"),
}
KINDS: dict[DayKind, str] = {
    DayKind.REST: gettext_noop("Rest day"),
    DayKind.MAKEUP: gettext_noop("Works to make up"),
    DayKind.WORKING: gettext_noop("Working day"),
}
SOURCES: dict[str, str] = {
    OF_THE_STATE: gettext_noop("Notice of the State Council"),
    OF_THE_HALL: gettext_noop("Decided by this hall"),
}
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip


def day_name(row: CalendarYearRow) -> str:
    """The holiday a day belongs to, or the reason the hall gave."""
    return _(HOLIDAYS[row.name]) if row.name in HOLIDAYS else row.name


def source_name(row: CalendarYearRow) -> str:
    """Who set a day."""
    return _(SOURCES[row.source]) if row.source in SOURCES else row.source


def kind_words(kind: DayKind) -> str:
    """What a day is."""
    return _(KINDS[kind])


def year_words(view: YearView) -> YearWords:
    """What is written on the picture of a year, and the sentence of every day."""
    by_day = {row.day: row for row in view.days}
    zh = language() == "zh"
    months = tuple(f"{at}月" for at in range(1, 13)) if zh else _MONTHS_EN
    weekdays = tuple("一二三四五六日") if zh else ("M", "T", "W", "T", "F", "S", "S")
    return YearWords(months, weekdays, {day: day_sentence(day, by_day.get(day)) for day in days_of(view.year)})


def day_sentence(day: date, row: CalendarYearRow | None) -> str:
    """Say a day, whether the hall works, and why if it is against the ordinary week."""
    when = here().date(day)
    if row is None:
        word = kind_words(DayKind.REST if day.weekday() >= 5 else DayKind.WORKING)
        return here().listing([when, word])
    return here().listing([when, kind_words(row.kind), day_name(row), source_name(row)])


def year_marks(view: YearView) -> dict[date, DayMark]:
    """How the days against the ordinary week are drawn."""
    return {
        row.day: DayMark(row.kind is DayKind.REST, exceptional=True, own=row.source != OF_THE_STATE)
        for row in view.days
    }
