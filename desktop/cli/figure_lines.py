"""What the matters take, told in lines on the command line: typical people, and the old way beside them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.words import _, here, ngettext, pick

if TYPE_CHECKING:
    from desktop.authoring.figures import Figures
    from desktop.workflow.catalogue.definitions import BeforeAfter


def figure_lines(found: "Iterable[Figures]") -> Iterator[str]:
    """Tell matter by matter what typical people are asked for, and the published old way where there is one."""
    last = ""
    for figures in found:
        if figures.demand.code != last:
            last = figures.demand.code
            yield _("{matter} ({code})").format(matter=pick(figures.demand.name), code=last)
            if figures.before is not None:
                yield "  " + _before(figures.before)
        yield "  " + _("{who}: {figures}").format(who=pick(figures.case.who), figures=_figures(figures))


def _figures(found: "Figures") -> str:
    from desktop.authoring.limit_words import limit_words

    if found.stopped:
        return _("this leads elsewhere")
    parts = [
        ngettext("{n} question", "{n} questions", found.questions).format(n=found.questions),
        _papers(found),
        *_forms(found),
        ngettext("{n} visit", "{n} visits", found.visits).format(n=found.visits),
        ngettext("{n} item", "{n} items", found.tasks).format(n=found.tasks),
    ]
    if found.days is not None:
        parts.append(limit_words(found.days, here()))
    return here().listing(parts)


def _papers(found: "Figures") -> str:
    if not found.shared:
        return ngettext("{n} paper to bring", "{n} papers to bring", found.papers).format(n=found.papers)
    said = ngettext("{n} paper ({shared} may be shared)", "{n} papers ({shared} may be shared)", found.papers)
    return said.format(n=found.papers, shared=found.shared)


def _forms(found: "Figures") -> Iterator[str]:
    if found.forms:
        yield ngettext("{n} form to sign", "{n} forms to sign", found.forms).format(n=found.forms)


def _before(before: "BeforeAfter") -> str:
    """Tell the old way and the new way as the guide published them."""
    rows = (
        (_("papers"), before.papers),
        (_("visits"), before.visits),
        (_("number of days"), before.days),
        (_("steps"), before.steps),
    )
    said = (_("{what} {old} → {new}").format(what=what, old=pair[0], new=pair[1]) for what, pair in rows if pair)
    return _("As published: {figures}").format(figures=here().listing(said))
