"""Small files beside the records, written so that a power cut leaves them whole or absent."""

import errno
import json
import os
import secrets
from pathlib import Path
from typing import Any


def write_whole(path: Path, text: str, *, replace: bool) -> None:
    """Write a file readable by its owner only; FileExistsError when it is there and may not be replaced."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            part.replace(path)
        else:
            _name(part, path)
    finally:
        part.unlink(missing_ok=True)
    flush_folder(path.parent)


def _name(part: Path, path: Path) -> None:
    """Give the file its name unless the name is taken, where a rename would silently replace it."""
    try:
        path.hardlink_to(part)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.ENOSYS}:
            raise
        if path.exists():  # a file system without links, such as a memory stick's
            raise FileExistsError(path) from None
        part.rename(path)


def flush(path: Path) -> None:
    """Have the disk keep what was written to a file. Never call it on an open embedded store."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder: a rename is not safe before that."""
    flush(folder)


def write_json_file(path: Path, document: dict[str, Any], *, replace: bool) -> None:
    """Write a small document for people and programs to read."""
    write_whole(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n", replace=replace)


def read_json_file(path: Path) -> dict[str, Any] | None:
    """Return the document, or None when it is absent or not a document at all."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return document if isinstance(document, dict) else None
