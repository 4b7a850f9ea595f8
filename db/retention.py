"""Which backups are kept: all of two days, then one a day, a week, a month, each for a while."""

from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from db.backup import Backup, list_backups

ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 14, 8, 12


def kept(moments: Iterable[datetime], now: datetime, zone: tzinfo = UTC) -> set[datetime]:
    """Return the moments of the backups to keep, given when each was made (aware) and the time now.

    Kept are: all of the last two days (and any from the future, should the clock have been wrong), the last one
    of each of the 14 latest days, 8 latest weeks and 12 latest months that have one. Days without a backup do
    not count, so that a seat switched off for a year still has its history. Days begin at midnight in the zone.
    """
    newest_first = sorted(moments, reverse=True)
    keep = {moment for moment in newest_first if now - moment <= ALL_FOR}
    keep |= _last_of_each(newest_first, DAYS, lambda moment: moment.astimezone(zone).date())
    keep |= _last_of_each(newest_first, WEEKS, lambda moment: moment.astimezone(zone).isocalendar()[:2])
    keep |= _last_of_each(newest_first, MONTHS, lambda moment: _month(moment.astimezone(zone)))
    return keep


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month


def _last_of_each(newest_first: list[datetime], limit: int, span: Callable[[datetime], Hashable]) -> set[datetime]:
    last: dict[Hashable, datetime] = {}
    for moment in newest_first:
        last.setdefault(span(moment), moment)
    return set(list(last.values())[:limit])


def prune(folder: Path, now: datetime, zone: tzinfo = UTC) -> list[Backup]:
    """Delete the backups that need not be kept and return them; what has no manifest is left alone."""
    backups = list_backups(folder)
    keep = kept((backup.made for backup in backups), now, zone)
    surplus = [backup for backup in backups if backup.made not in keep]
    for backup in surplus:
        for path in (backup.path, backup.keys, backup.manifest):
            path.unlink(missing_ok=True)
    return surplus
