"""The parts letters are made of: who, what is missing, until when, and where to turn."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from desktop.letters.text import Bilingual, Line, Part, SaidLine


class Hall(Part):
    """The hall a person can walk to, call, or write to; of what it has not told, letters say nothing."""

    name: Bilingual
    address: Bilingual | None = None
    phone: Line = ""
    hours: Bilingual | None = None
    practice: bool = False
    """Whether it is there for practice: nothing it writes is valid, and every page says so."""


class Applicant(Part):
    """The person or body the letter is addressed to."""

    name: SaidLine
    is_organisation: bool = False


class Agent(Part):
    """Who acts for the applicant, and as what."""

    name: SaidLine
    capacity: Bilingual | None = None


class LimitUnit(StrEnum):
    """What a limit is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"


class Limit(Part):
    """A length of time set by law or promised by the department."""

    count: Annotated[int, Field(ge=0)]
    unit: LimitUnit = LimitUnit.WORKING_DAY


class Due(Part):
    """A last day; estimated while the year's holidays are not yet published."""

    on: date
    estimated: bool = False
    worked: bool = False
    """Whether it is a Saturday or Sunday on which everybody works, which nobody would think."""


class HandedPaper(Part):
    """A paper that passed from one hand to another: taken in, given back, or handed out."""

    name: Bilingual
    form: Bilingual | None = None
    copies: Annotated[int, Field(ge=1)] = 1
    number: Line = ""
    original_kept: bool = False


class NextActor(StrEnum):
    """Who must see to something that is missing."""

    APPLICANT = "applicant"
    HALL = "hall"
    DEPARTMENT = "department"
    OTHER_AGENCY = "other_agency"


class Need(Part):
    """One thing that is missing or defective, why it is needed, and who sees to it."""

    kind: Literal["need"] = "need"
    name: Bilingual
    form: Bilingual | None = None
    needed_for: Bilingual | None = None
    basis: Bilingual | None = None
    fault: Bilingual | None = None
    off_list_reason: Bilingual | None = None
    actor: NextActor = NextActor.APPLICANT


class Way(Part):
    """One sufficient way among several: everything in it is needed together."""

    needs: Annotated[tuple[Need, ...], Field(min_length=1)]


class OneOf(Part):
    """Several ways to show the same thing; the applicant chooses one."""

    kind: Literal["one_of"] = "one_of"
    purpose: Bilingual
    ways: Annotated[tuple[Way, ...], Field(min_length=2)]


class Depends(Part):
    """Something not yet known, and what is needed when it turns out one way or the other."""

    kind: Literal["depends"] = "depends"
    question: Bilingual
    when_so: tuple[Need, ...] = ()
    otherwise: tuple[Need, ...] = ()
    actor: NextActor = NextActor.APPLICANT


Missing = Annotated[Need | OneOf | Depends, Field(discriminator="kind")]
"""One entry in the list of everything that is missing."""


class NextVisit(Part):
    """Where to bring what is missing, and by when; with all of it, that visit is the last one for papers."""

    where: Bilingual
    by: Due | None = None


class AcceptedItem(Part):
    """An item whose limit now runs, with the day it must be decided by."""

    name: Bilingual
    due: Due
    promised_limit: Limit | None = None
    statutory_limit: Limit | None = None


class Owing(Part):
    """A paper that is owed after acceptance, and its last day."""

    need: Need
    due: Due


class Remedies(Part):
    """Where an applicant who disagrees can turn, and how long there is for it."""

    reconsideration_organ: Bilingual
    court: Bilingual
    reconsideration_limit: Limit = Limit(count=60, unit=LimitUnit.DAY)
    litigation_limit: Limit = Limit(count=6, unit=LimitUnit.MONTH)


class Certificate(Part):
    """What the applicant receives: its name, its number, and from when until when it holds."""

    name: Bilingual
    number: Line = ""
    valid_from: date | None = None
    valid_until: date | None = None


class Office(Part):
    """Another authority, with what a person needs to reach it."""

    name: Bilingual
    address: Bilingual | None = None
    phone: Line = ""
