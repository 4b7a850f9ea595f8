"""One made-up letter of every kind, for trying templates out before they are used.

The county, its people and their numbers do not exist. The letters lie in ``resources/letters/samples.json``:
what all have in common, what those of a department have besides, and then each kind's own.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from desktop.letters.content import Letter, LetterKind, letter_from_json


def sample(kind: LetterKind) -> Letter:
    """Give a made-up letter in which everything that can be said is said."""
    written = _written()
    shared = written["common"] if kind is LetterKind.RECEIPT else written["common"] | written["departments"]
    return letter_from_json(json.dumps(shared | written["letters"][kind] | {"kind": kind}))


@cache
def _written() -> dict[str, Any]:
    """Read the made-up letters, once."""
    letters: dict[str, Any] = json.loads(files("resources").joinpath("letters", "samples.json").read_text("utf-8"))
    return letters
