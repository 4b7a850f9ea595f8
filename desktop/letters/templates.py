"""The templates of letters: where they lie, and how one is filled safely.

They run in a sandbox; every value is escaped, so that markup in a name is read as text; a value that
does not exist, or is empty where words are due, is a fault and never prints as "None".
"""

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from desktop.letters.faults import TemplateFault

LONGEST = 400_000
"""Characters past which a filled template is taken to be running away."""

_NAME = re.compile(r"(?:zh|en)/[a-z_]+\.html")
_WRONG_IN_USE = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


def template_text(name: str) -> str | None:
    """Give the text of a shipped template such as ``zh/receipt.html``, for printing or as a start for an own one."""
    if not _NAME.fullmatch(name):
        return None
    source = files("resources").joinpath("letters", *name.split("/"))
    return source.read_text("utf-8") if source.is_file() else None


def fill(name: str, values: Mapping[str, Any], templates: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Fill a template; give the marks of its title and of the whole letter.

    Raises TemplateFault with the template, the line and what is wrong.
    """
    environment = _environment(templates) if templates else _shipped()
    try:
        template = environment.get_template(name)
        title = template.blocks["title"](template.new_context(dict(values)))
        return "".join(title), _gathered(template.generate(values), name)
    except _WRONG_IN_USE as error:
        raise _fault(error, name) from error


def _load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Load a shipped template under its own name, so that a fault can say the line."""
    text = template_text(name)
    return None if text is None else (text, name, lambda: True)


@cache
def _shipped() -> ImmutableSandboxedEnvironment:
    """Give the sandbox of the shipped templates, made once."""
    return _environment({})


def _environment(own: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """Make a sandbox in which own templates stand before the shipped ones."""
    own_loader = FunctionLoader(lambda name: (own[name], name, lambda: True) if name in own else None)
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([own_loader, FunctionLoader(_load)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()
    return environment


def _printed(value: Any) -> Any:
    """Give a value as it is printed: paragraphs kept apart, and nothing printed for a value that is not there."""
    if value is None:
        raise UndefinedError("empty value")
    if isinstance(value, str) and not isinstance(value, Markup) and "\n" in value:
        return Markup("<br>").join(escape(line) for line in value.split("\n"))
    return value


def _gathered(pieces: Iterable[str], name: str) -> str:
    """Put the pieces of a filled template together, and stop one that never ends."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise TemplateFault("template_too_long", template=name)
        kept.append(piece)
    return "".join(kept)


def _fault(error: Exception, name: str) -> TemplateFault:
    """Say what is wrong with a template, and where."""
    match error:
        case TemplateSyntaxError():
            return TemplateFault(
                "template_unreadable", template=error.name or name, line=error.lineno, reason=str(error)
            )
        case TemplateNotFound():
            return TemplateFault("template_missing", template=str(error.name or name))
        case SecurityError():
            code = "template_forbidden"
        case UndefinedError():
            code = "value_missing"
        case _:
            code = "template_fails"
    where, line = _place(error, name)
    return TemplateFault(code, template=where, line=line, reason=str(error))


def _place(error: Exception, name: str) -> tuple[str, int | None]:
    """Find the template and the line an error came from."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".html"):
            return frame.filename, frame.lineno
    return name, None
