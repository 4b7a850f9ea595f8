"""The answer "no", which the person who asked can put right."""


class Refused(Exception):
    """A wish that cannot be carried out as it is: a code, and the values the sentence about it needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """Return the code alone: values may name people, and this text may reach a log."""
        return self.code


class RefusedAndKept(Refused):
    """A refusal that itself is kept: what the use case wrote before it (a wrong password counted) stays written."""
