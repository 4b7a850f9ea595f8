"""The tables, one subject of the hall per file; definitions only, statements are made of their columns."""

from db.models.account import Account, Signing
from db.models.calendar import CalendarDay, CalendarYear
from db.models.department import Counter, Department
from db.models.event import Event
from db.models.fact import Fact
from db.models.hall import Hall
from db.models.hall_item import HallItem
from db.models.letter import Letter
from db.models.paper import Attachment, AttachmentChunk, Paper
from db.models.request import NumberSeries, Request, RequestRole
from db.models.subject import FormerName, Subject, SubjectIdentifier
from db.models.task import Task
from db.models.writing import Draft, UnmetNeed

__all__ = [
    "Account",
    "Attachment",
    "AttachmentChunk",
    "CalendarDay",
    "CalendarYear",
    "Counter",
    "Department",
    "Draft",
    "Event",
    "Fact",
    "FormerName",
    "Hall",
    "HallItem",
    "Letter",
    "NumberSeries",
    "Paper",
    "Request",
    "RequestRole",
    "Signing",
    "Subject",
    "SubjectIdentifier",
    "Task",
    "UnmetNeed",
]
