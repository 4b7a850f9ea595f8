"""A use case with slow work before its transaction, so that no other seat waits for the turn to write meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop.usecases.context import Context

Command = TypeVar("Command")
Known = TypeVar("Known")
Ready = TypeVar("Ready")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Prepared(Generic[Command, Known, Ready, Value]):
    """An act in three steps: a look at the records, slow work without them, and the transaction.

    What the look saw may have changed when the transaction begins: the act asks again for what it relies on. Called
    like any use case, inside somebody else's transaction, it does all three there.
    """

    look: Callable[[Context, Command], Known]
    work: Callable[[Command, Known], Ready]
    act: Callable[[Context, Ready], Value]

    def __call__(self, context: Context, command: Command) -> Value:
        """Do the three steps where one is."""
        return self.act(context, self.work(command, self.look(context, command)))
