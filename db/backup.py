"""Backups."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.open import Database


def backup_name(moment: datetime, reason: str, kind: str) -> str:
    """Return."""
    raise NotImplementedError


def back_up(database: "Database", target: Path) -> Path:
    """Write."""
    raise NotImplementedError
