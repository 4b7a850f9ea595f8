"""What can be wrong with a letter's template, for the person who writes it."""


class TemplateFault(Exception):
    """A template cannot be used: a code and values; the sentence is made elsewhere."""

    def __init__(self, code: str, *, template: str, line: int | None = None, **values: str) -> None:
        super().__init__(code, template, line, values)
        self.code = code
        self.template = template
        self.line = line
        self.values = values
