"""The clock of a seat against the log: a clock that was set back would date acts and limits wrongly."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from db.queries.events import latest_recorded
from desktop.usecases.context import Context

TOLERANCE: Final = timedelta(minutes=5)
"""The clocks of two seats may differ by so much without anybody being told."""


@dataclass(frozen=True)
class ClockBehind:
    """A clock that is behind: what it says, and when something was recorded already; both in the hall's zone."""

    now: datetime
    recorded: datetime


def clock_behind(context: Context, _query: None = None) -> ClockBehind | None:
    """Say whether this seat's clock is behind what is in the log; anybody may ask.

    The log keeps its own order and every number is given once whatever the clock says, so nothing is refused: what is
    dated wrongly can be seen, a hall that stands still cannot be helped.
    """
    if context.hall is None:
        return None
    recorded = latest_recorded(context.connection, context.hall)
    if recorded is None or recorded - context.now <= TOLERANCE:
        return None
    return ClockBehind(context.now, recorded.astimezone(context.zone))
