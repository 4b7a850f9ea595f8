"""The program's own log: one JSON object a line, small, turning over, and without anything about people.

What a message was filled with and what an error said may hold a name or a number of somebody; a line therefore
holds the wording of the message as it stands in the code, named codes, and of an error its kind and its place.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

BYTES = 1_000_000
OLDER = 5
_NAMED = ("code", "use_case", "reference", "path", "milliseconds")


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object; only the named values of ``extra`` are taken."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "time": moment,
            "level": record.levelname.lower(),
            "from": record.name,
            "message": str(record.msg),
        }
        line.update({name: str(getattr(record, name)) for name in _NAMED if hasattr(record, name)})
        if record.exc_info is not None and record.exc_info[1] is not None:
            line["error"] = error_without_words(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def error_without_words(error: BaseException) -> dict[str, object]:
    """An error's kind, the places it came through, innermost last, and what caused it; not what it said."""
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, object] = {
        "kind": type(error).__qualname__,
        "places": [f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames],
    }
    cause = error.__cause__ or error.__context__
    if cause is not None and cause is not error:
        told["after"] = error_without_words(cause)
    return told


def start_log(file: Path) -> logging.Handler:
    """Let every logger write to the file; the handler is returned so that it can be taken off again."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = RotatingFileHandler(file, maxBytes=BYTES, backupCount=OLDER, encoding="utf-8", delay=True)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("desktop").setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Take a handler off and close its file."""
    logging.getLogger().removeHandler(handler)
    handler.close()
