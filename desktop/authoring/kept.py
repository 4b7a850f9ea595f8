"""The shipped catalogue as it was last read, kept beside the records: reading and checking the files takes far longer.

What is kept is used only if it is whole (its digest) and was made of these very files by this very program (its key);
anything else is as if it were not there, and the files are read again. It is JSON, read through the types of the
catalogue; nothing in it can run.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pydantic

import desktop.authoring
import desktop.workflow
from desktop.workflow.catalogue.definitions import Catalogue

NAME = "catalogue.json"
_MOST_BYTES = 64 * 1024 * 1024
_log = logging.getLogger(__name__)


def kept_catalogue(folder: Path, cache: Path, read: Callable[[Path], Catalogue]) -> Catalogue:
    """Give the catalogue of a folder: as it is kept in `cache`, or read by `read` and then kept there."""
    key = key_of(folder)
    file = cache / NAME
    found = _kept(file, key)
    if found is not None:
        return found
    catalogue = read(folder)
    _keep(file, key, catalogue)
    return catalogue


def last_kept(cache: Path) -> Catalogue | None:
    """Give the catalogue that was kept last, whatever it was made of; None when there is none that is whole."""
    return _kept(cache / NAME, None)


def key_of(folder: Path) -> str:
    """Say what a reading depends on: the content of the files, and the program that reads them."""
    digest = hashlib.sha256(f"{sys.version}\n{pydantic.VERSION}\n".encode())
    for path in sorted(folder.glob("*.y*ml")):
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode())
        digest.update(content)
    for path in _program():
        found = path.stat()
        digest.update(f"{path.name}\n{found.st_size}\n{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _program() -> Iterator[Path]:
    """The modules that read a catalogue; their time and size stand for their content."""
    for package in (desktop.authoring, desktop.workflow):
        for folder in package.__path__:
            yield from sorted(Path(folder).rglob("*.py"))


def _kept(file: Path, key: str | None) -> Catalogue | None:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return None
        head, _newline, body = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    said = head.decode("ascii", "replace")
    if said != _head(said.partition(" ")[0] if key is None else key, body):
        return None
    try:
        return Catalogue.model_validate_json(body)
    except (pydantic.ValidationError, ValueError):
        _log.warning("the catalogue that was kept does not fit", extra={"code": "catalogue_kept_unfit"})
        return None


def _head(key: str, body: bytes) -> str:
    return f"{key} {hashlib.sha256(body).hexdigest()}"


def _keep(file: Path, key: str, catalogue: Catalogue) -> None:
    """Write it whole or not at all; a folder that cannot be written only costs time at the next start."""
    body = catalogue.model_dump_json().encode()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number, part = tempfile.mkstemp(dir=file.parent, prefix=f"{NAME}.")
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(_head(key, body).encode("ascii") + b"\n" + body)
            Path(part).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(part).unlink()
            raise
    except OSError:
        _log.warning("the catalogue cannot be kept", extra={"code": "catalogue_not_kept"})
