"""Room kept in reserve: on a full disk not even deleting works, until a file of nothing is given back."""

import os
from pathlib import Path

from db.faults import classify

SIZE = 64 << 20
_NAME = "yijian.ballast"


def lay_ballast(folder: Path, size: int = SIZE) -> bool:
    """Reserve the room beside the records and return whether it is there; a disk too full for it is no fault."""
    path = folder / _NAME
    if path.exists() and path.stat().st_size >= size:
        return True
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, size)
        finally:
            os.close(descriptor)
    except OSError as error:
        if classify(error) is None:
            raise
        give_ballast_back(folder)
        return False
    return True


def give_ballast_back(folder: Path) -> bool:
    """Give the room back to the disk and return whether there was any; for the page that says the disk is full."""
    path = folder / _NAME
    if not path.exists():
        return False
    path.unlink()
    return True
