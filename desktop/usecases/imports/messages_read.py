"""A list of citizens' messages, row by row: who wrote what when, what was answered, and which kind of request it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from desktop.cleaning import TextFault, clean_line, clean_text
from desktop.usecases.imports.report import Tally
from desktop.usecases.imports.table import Cell, Table, TableRow

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("留言编号", "number", "编号", "工单编号", "信件编号", "受理编号", "id"),
    "user": ("留言用户", "user", "用户", "姓名", "来信人", "网友", "诉求人", "反映人"),
    "title": ("留言主题", "title", "主题", "标题", "诉求标题", "subject"),
    "sent": ("留言时间", "sent", "来信时间", "提交时间", "反映时间", "时间", "date"),
    "text": ("留言详情", "text", "留言内容", "诉求内容", "信件内容", "内容", "content", "message"),
    "reply": ("答复意见", "reply", "答复内容", "回复内容", "回复", "办理结果", "answer"),
    "replied": ("答复时间", "replied", "回复时间", "办结时间", "答复日期", "answered"),
    "kind": ("留言类型", "kind", "诉求类型", "类型", "类别", "type"),
}
MAX_TITLE: Final = 200
MAX_TEXT: Final = 20_000
MAX_REPLY: Final = 40_000
_TITLE_OF_TEXT: Final = 40
_SPACE: Final = UUID("b0f6f7f0-6f0e-5a0c-9d0e-2f6d6a1f3c11")
"""The namespace in which a message of a list has its one name."""

ENQUIRY, HELP, COMPLAINT, REPORT, SUGGESTION = "enquiry", "help_request", "complaint", "report", "suggestion"
_NAMED: Final[Mapping[str, str]] = {
    "咨询": ENQUIRY, "求助": HELP, "求决": HELP, "投诉": COMPLAINT, "举报": REPORT, "检举": REPORT, "建议": SUGGESTION,
    "意见": SUGGESTION, "建言": SUGGESTION, "enquiry": ENQUIRY, "help": HELP, "complaint": COMPLAINT,
    "report": REPORT, "suggestion": SUGGESTION,
}  # fmt: skip
_SIGNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (REPORT, re.compile(r"举报|检举|揭发")),
    (COMPLAINT, re.compile(r"投诉|控诉|申诉")),
    (SUGGESTION, re.compile(r"建议|建言|希望|呼吁|提议|期盼|恳请.{0,8}(?:增|设|建|修|开)|应该|应当")),
    (HELP, re.compile(r"求助|求救|求解决|帮忙|帮帮|救救|救命|请求|恳求|恳请|援助|讨薪|何处申冤")),
    (ENQUIRY, re.compile(
        r"咨询|请问|询问|想问|问一下|了解|怎么|如何|何时|什么时候|是否|能否|可否|有没有|吗|哪[里些个]|多久|[？?]"
    )),
    (COMPLAINT, re.compile(
        r"反映|反对|质疑|强烈|问题|扰民|违法|违规|违建|乱|欺|骗|拖欠|污染|噪|不作为|不合理|无人|太差|破坏|非法|强行|难"
    )),
)  # fmt: skip
_WRITTEN: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2})(?:\.\d+)?)?\s*秒?分?)?\s*"
)


@dataclass(frozen=True, repr=False)
class Message:
    """One message as it will be kept."""

    line: int
    key: UUID
    """The same each time the list is read."""
    number: str
    user: str
    title: str
    text: str
    sent: datetime
    reply: str
    replied: datetime | None
    demand: str

    @property
    def answer_key(self) -> UUID:
        """The name of the answer, which may come with a later list."""
        return uuid5(self.key, "answer")


def read_messages(table: Table, tally: Tally, zone: ZoneInfo, now: datetime) -> list[Message]:
    """Read every row; what cannot be taken or stands there twice is told with its line."""
    found: dict[UUID, Message] = {}
    texts: dict[tuple[str, str], int] = {}
    for row in table.rows:
        message = _read(row, tally, zone, now)
        if message is None:
            continue
        if (first := found.get(message.key)) is not None:
            tally.refuse(row.line, "message_twice", first=first.line)
            continue
        earlier = texts.setdefault((message.user, message.text), row.line)
        if earlier != row.line:
            tally.note(row.line, "text_twice", first=earlier)
        found[message.key] = message
    return list(found.values())


def demand_of(kind: str, title: str, text: str) -> str:
    """Say which kind of request a message is: as the list says, else by the words of its title, else of its text."""
    for name, demand in _NAMED.items():
        if name in kind.casefold():
            return demand
    for words in (title, text[:200]):
        for demand, sign in _SIGNS:
            if sign.search(words):
                return demand
    return HELP


def _read(row: TableRow, tally: Tally, zone: ZoneInfo, now: datetime) -> Message | None:
    try:
        number, user = clean_line(row.text("number")), clean_line(row.text("user"))
        title = clean_line(row.text("title"), max_points=MAX_TITLE)
        text = _paragraphs(row.text("text"), MAX_TEXT)
        reply = _paragraphs(row.text("reply"), MAX_REPLY)
    except TextFault as fault:
        tally.refuse(row.line, fault.code, **fault.values)
        return None
    if not (text or title):
        tally.refuse(row.line, "text_missing")
        return None
    sent, replied = _moment(row.cells.get("sent", ""), zone), _moment(row.cells.get("replied", ""), zone)
    reason = _wrong_dates(row, sent, replied, reply, now)
    if sent is None or reason is not None:
        tally.refuse(row.line, *(reason or ("date_missing",)))
        return None
    if replied is not None and not reply:
        tally.note(row.line, "reply_missing")
        replied = None
    if row.surplus:
        tally.note(row.line, "cells_beyond", n=row.surplus)
    own = [number, user, sent.isoformat(), *([] if number else [title, text])]
    return Message(
        line=row.line,
        key=uuid5(_SPACE, "\n".join(own)),
        number=number,
        user=user,
        title=title or _line(text),
        text=text or title,
        sent=sent,
        reply=reply,
        replied=replied,
        demand=demand_of(row.text("kind"), title, text),
    )


def _wrong_dates(
    row: TableRow, sent: datetime | None, replied: datetime | None, reply: str, now: datetime
) -> tuple[str] | None:
    """Say what is wrong with the dates of a row."""
    if sent is None:
        return ("date_unreadable",) if row.text("sent") else ("date_missing",)
    if reply and replied is None:
        return ("reply_date_unreadable",) if row.text("replied") else ("reply_date_missing",)
    if sent > now + timedelta(minutes=5) or (replied is not None and replied > now + timedelta(minutes=5)):
        return ("date_in_future",)
    if reply and replied is not None and replied < sent:
        return ("reply_before_message",)
    return None


def _moment(value: Cell, zone: ZoneInfo) -> datetime | None:
    """Read a moment of the hall's clock; a day alone counts from its beginning."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone) if value.tzinfo is None else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    match = _WRITTEN.fullmatch(value.strip())
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _paragraphs(text: str, limit: int) -> str:
    """Clean a long text and leave out its empty lines."""
    lines: Iterable[str] = clean_text(text, max_points=limit).split("\n")
    return "\n".join(line for line in lines if line)


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_OF_TEXT else f"{line[:_TITLE_OF_TEXT]}…"
