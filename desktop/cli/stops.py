"""How a command ends early: one sentence on the error stream, exit code 1."""

import sys
from typing import NoReturn

import typer


def stop(sentence: str) -> NoReturn:
    """Say why the command goes no further, and end it."""
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def stop_at_fault(code: str) -> NoReturn:
    """Say what is wrong with the records and what to do about it, and end the command."""
    from desktop.usecases.backups.store_faults import fault_words

    what, next_step = fault_words(code)
    stop(f"{what}\n{next_step}")
