"""A hall for practice: two weeks of work from a seed, made through the same use cases as real work."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from desktop.usecases.context import Session
from desktop.usecases.hall.accounts import NewAccount, open_account
from desktop.usecases.hall.halls import CounterForm, FoundHall, found_hall, save_counter
from desktop.usecases.hall.passwords import hash_password
from desktop.usecases.hall.signing_in import SignIn, Tried, sign_in, sign_out
from desktop.usecases.people.people import NewEnterprise, NewPerson, NoIdentifier, register_enterprise, register_person
from desktop.usecases.perform import ZONE, Performer
from desktop.usecases.permissions import Role
from desktop.usecases.refused import Refused
from desktop.usecases.requests.requests import (
    Answer,
    Form,
    Handed,
    Logged,
    LogRequest,
    log_request,
    preview,
    see_request,
)
from desktop.usecases.requests.taking_part import must_be_named
from desktop.usecases.values import is_phone
from desktop.usecases.work.act_needs import Written
from desktop.usecases.work.work import DoAct, do_act, see_task
from desktop.workflow.catalogue.definitions import APPLICANT, Catalogue, Fact
from desktop.workflow.catalogue.numbers import least_of, most_of
from desktop.workflow.conditions.condition import FactType
from desktop.workflow.planning.plan import Actor, PaperLine, Plan
from desktop.workflow.procedure.legal_states import ActKind
from desktop.workflow.time.calendars import WorkCalendar

PASSWORD: Final = "lianxi2026"  # noqa: S105 a training hall's password is on the sign-in page
DAYS: Final = 10
A_DAY: Final = (3, 7)
_ONWARD: Final = (ActKind.ACCEPT, ActKind.ASSIGN, ActKind.GRANT, ActKind.ISSUE, ActKind.SERVE)
_REPLY: Final = "已到现场核实，问题已处理，结果已告知本人。"
_MOST_QUESTIONS: Final = 60
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗"
_GIVEN: Final = ("秀英", "桂兰", "建国", "志强", "丽华", "海燕", "文博", "雨桐", "子涵", "永福", "国栋", "玉梅")
_TRADES: Final = ("餐饮", "商贸", "建材", "药材", "运输", "食品")
CLERK, SUPERVISOR, ADMINISTRATOR = "clerk", "supervisor", "administrator"
"""The logins of the practice hall; `reviewers_of` tells those of the departments."""

Progress = Callable[[int, int], bool]


@dataclass
class _Clock:
    """The sample's own clock, which runs through the two weeks before today."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class SampleHall:
    """What was made: how many requests, and how many of them came to an end."""

    requests: int
    ended: int


def make_sample_hall(
    performer: Performer, progress: Progress = lambda _done, _of: True, *, seed: int = 621124
) -> SampleHall:
    """Found a practice hall and let it work for the two weeks before today.

    The same seed and day make the same work. `progress` hears how many days of how many are done and may stop it by
    answering False; what was made until then stays and is whole.
    """
    zone = ZoneInfo(ZONE)
    days = _working_days(performer.calendar, performer.clock().astimezone(zone).date())
    clock = _Clock(_opening(days[0]))
    own = Performer(performer.database, performer.catalogue, performer.calendar, clock)
    return _Maker(own, clock, random.Random(seed), progress).make(days)  # noqa: S311 a sample is to repeat


def reviewers_of(catalogue: Catalogue) -> dict[str, str]:
    """Give the login of the reviewer of each department that has items."""
    departments = dict.fromkeys(item.department for item in catalogue.items.values())
    return {department: f"reviewer{number:02d}" for number, department in enumerate(departments, start=1)}


def _opening(day: date) -> datetime:
    return datetime.combine(day, time(8, 30), ZoneInfo(ZONE))


def _working_days(calendar: WorkCalendar, today: date) -> list[date]:
    found: list[date] = []
    day = today - timedelta(days=1)
    while len(found) < DAYS:
        if calendar.is_working(day):
            found.insert(0, day)
        day -= timedelta(days=1)
    return found


class _Maker:
    """Plays clerk, applicants and reviewers of the practice hall."""

    def __init__(self, performer: Performer, clock: _Clock, chance: random.Random, progress: Progress) -> None:
        self.performer = performer
        self.clock = clock
        self.chance = chance
        self.progress = progress
        self.sessions: dict[str, Session] = {}
        self.hashed = hash_password(PASSWORD)
        self.open: list[UUID] = []
        self.logged = 0
        self.ended = 0

    def make(self, days: list[date]) -> SampleHall:
        self._found()
        for done, day in enumerate(days):
            self._work_through(day, departments_too=done % 3 == 2 or day == days[-1])
            if not self.progress(done + 1, len(days)):
                break
        self.performer.database.take_stock()
        return SampleHall(self.logged, self.ended)

    # -- people of the hall -------------------------------------------------------------------------------------

    def _found(self) -> None:
        hall = FoundHall(
            "临洮县政务服务大厅（练习）",
            ADMINISTRATOR,
            "马主任",
            PASSWORD,
            "Lintao service hall (practice)",
            "621124",
            sample=True,
        )
        self.performer.write(None, found_hall, hall)
        administrator = self._sign_in(ADMINISTRATOR)
        for number in range(1, 5):
            code = f"A{number:02d}"
            self.performer.write(administrator, save_counter, CounterForm(code, f"{number}号综合窗口"))
        self._add(CLERK, "王秀英", Role.CLERK)
        self._add(SUPERVISOR, "李建国", Role.SUPERVISOR)
        for department, login in reviewers_of(self.performer.catalogue).items():
            name = self.chance.choice(_SURNAMES) + self.chance.choice(_GIVEN)
            self._add(login, name, Role.REVIEWER, department)

    def _add(self, login: str, name: str, role: Role, department: str | None = None) -> None:
        approver = role is Role.REVIEWER
        account = NewAccount(login, name, PASSWORD, frozenset({role}), department, approver, training=True)
        self.performer.write(self.sessions[ADMINISTRATOR], partial(open_account, hashed=self.hashed), account)

    def _sign_in(self, login: str, counter: str | None = None) -> Session:
        """Sign somebody in; the password all of them share was hashed once, and is not tried ninety times more."""
        command = SignIn(login, PASSWORD, counter)
        if login == ADMINISTRATOR:
            session = self.performer.write(None, sign_in, command).value
        else:
            session = self.performer.write(None, sign_in.act, Tried(command, self.hashed, right=True)).value
        self.sessions[login] = session
        return session

    # -- a day --------------------------------------------------------------------------------------------------

    def _work_through(self, day: date, *, departments_too: bool) -> None:
        """Play a day; the departments come every third day, which saves most of the time signing in takes."""
        self.clock.now = _opening(day)
        self._sign_in(CLERK, "A01")
        reviewers = reviewers_of(self.performer.catalogue)
        for _ in range(self.chance.randint(*A_DAY)):
            self._wait(20, 50)
            if (logged := self._log()) is not None:
                self.logged += 1
                self.open.append(logged.request)
        self._wait(10, 30)
        for request in list(self.open) if departments_too else ():
            self._advance(request, reviewers)
        for login in list(self.sessions):
            self.performer.write(self.sessions.pop(login), sign_out, None)

    def _wait(self, least: int, most: int) -> None:
        self.clock.now += timedelta(minutes=self.chance.randint(least, most))

    # -- one person ---------------------------------------------------------------------------------------------

    def _log(self) -> Logged | None:
        """Somebody comes with a need; a case that a route leads elsewhere is told so, and nothing is logged."""
        demand = self.chance.choice(list(self.performer.catalogue.demands))
        unnamed = (role.code for role in self.performer.catalogue.demands[demand].roles if must_be_named(role))
        form = self._filled(Form(demand, {APPLICANT: (self._somebody(demand),)}, unnamed=tuple(unnamed)))
        try:
            return self.performer.write(self.sessions[CLERK], log_request, LogRequest(form)).value
        except Refused as refusal:
            if refusal.code in {"stopped_here", "twin_open", "named_though_anonymous"}:
                return None
            raise

    def _somebody(self, demand: str) -> UUID:
        clerk, role = self.sessions[CLERK], self.performer.catalogue.demands[demand].role(APPLICANT)
        name = self.chance.choice(_SURNAMES) + self.chance.choice(_GIVEN)
        if role is not None and "person" not in role.kinds:
            company = f"临洮县{name[1:]}{self.chance.choice(_TRADES)}有限公司"
            command = NewEnterprise(company, no_identifier=NoIdentifier.NOT_AT_HAND)
            return self.performer.write(clerk, register_enterprise, command).value.subject
        phone = f"139{self.chance.randint(0, 99_999_999):08d}"
        person = NewPerson(name, phone=phone, no_identifier=NoIdentifier.NOT_AT_HAND)
        return self.performer.write(clerk, register_person, person).value.subject

    def _filled(self, form: Form) -> Form:
        """Answer what is asked until nothing more is, then hand over what is needed, most of the time."""
        clerk = self.sessions[CLERK]
        for _ in range(_MOST_QUESTIONS):
            plan: Plan = self.performer.read(clerk, preview, form)
            told = {(answer.subject, answer.code) for answer in form.answers}
            asked = [
                q for q in plan.questions if q.actor is Actor.APPLICANT and (q.key.subject, q.key.code) not in told
            ]
            if not asked:
                break
            key = asked[0].key
            answer = Answer(key.subject, key.code, self._answer(self.performer.catalogue.facts[key.code]))
            form = replace(form, answers=(*form.answers, answer))
        return replace(form, papers=tuple(self._papers(plan)))

    def _papers(self, plan: Plan) -> Iterator[Handed]:
        forgetful = self.chance.random() < 0.15
        for paper in plan.papers:
            if paper.line is PaperLine.NEEDED and not (forgetful and self.chance.random() < 0.3):
                yield Handed(paper.key.subject, paper.key.code)

    def _answer(self, fact: Fact) -> object:
        match fact.type:
            case FactType.BOOL:
                return self.chance.random() < 0.5
            case FactType.INT:
                return self._number(fact, 1, 60)
            case FactType.DECIMAL | FactType.MONEY:
                return Decimal(self._number(fact, 10, 400))
            case FactType.DATE:
                return self.clock.now.date() - timedelta(days=self.chance.randint(1, 25))
            case FactType.ENUM:
                return self.chance.choice(list(fact.options))
            case FactType.SET:
                return frozenset(self.chance.sample(list(fact.options), 1)) if fact.options else frozenset()
            case _ if is_phone(fact):
                return f"138932{self.chance.randint(0, 99999):05}"
            case _:
                return "如实填写"

    def _number(self, fact: Fact, least: int, most: int) -> int:
        """Give an everyday number, as far as this one can be so."""
        low, high = max(least, least_of(fact) or 0), min(most, most_of(fact))
        return self.chance.randint(min(low, high), high)

    # -- the departments ----------------------------------------------------------------------------------------

    def _advance(self, request: UUID, reviewers: dict[str, str]) -> None:
        """Let each task take one or two steps, as far as the law and the papers allow."""
        for task in self.performer.read(self.sessions[CLERK], see_request, request).tasks:
            for _ in range(self.chance.randint(0, 5)):
                if not self._step(task.id, reviewers[task.department]):
                    break
        if self.performer.read(self.sessions[CLERK], see_request, request).row.status != "open":
            self.open.remove(request)
            self.ended += 1

    def _step(self, task: UUID, login: str) -> bool:
        if login not in self.sessions:
            self._sign_in(login)
        for who in (self.sessions[login], self.sessions[CLERK]):
            view = self.performer.read(who, see_task, task)
            offers = {offer.act for offer in view.offers if offer.allowed}
            act = next((act for act in _ONWARD if act in offers), None)
            if act is None or (act is ActKind.SERVE) != (who is self.sessions[CLERK]):
                continue
            self.clock.now += timedelta(minutes=2)
            values = {"method": "in_person"} if act is ActKind.SERVE else {}
            said = _REPLY if view.needs_of(act).written is Written.ANSWER else ""
            self.performer.write(who, do_act, DoAct(task, act, said, values=values))
            return True
        return False
