"""What the matters of requests are called: a row keeps the Chinese name of its day, the catalogue knows both."""

from collections.abc import Iterable, Mapping

from desktop.usecases.context import Context
from desktop.workflow.catalogue.definitions import Text


def matters_named(context: Context, titles: Iterable[str]) -> Mapping[str, Text]:
    """Give the matters of these names in both languages; what the catalogue calls otherwise by now is left out."""
    wanted = set(titles)
    return {each.name.zh: each.name for each in context.catalogue.demands.values() if each.name.zh in wanted}
