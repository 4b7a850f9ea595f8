"""What was known of a case at a moment that is over: an act of that moment is judged by it, and by nothing later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desktop.workflow.planning.inputs import Inputs, Key


def as_of(inputs: Inputs, moment: datetime) -> Inputs:
    """Give what was there by a moment, in the hall's own time: acts to the instant, papers and answers to the day.

    What has no day of its own has always been there. Outcomes on file know their days themselves, and what was lost
    the day on which it ended; choices have none.
    """
    day = moment.date()
    return replace(
        inputs,
        facts=tuple(one for one in inputs.facts if one.since is None or one.since <= day),
        papers=tuple(one for one in inputs.papers if one.received is None or one.received <= day),
        acts=tuple(one for one in inputs.acts if one.legal <= moment),
        lost=tuple(key for key in inputs.lost if _was_lost(inputs, key, day)),
    )


def _was_lost(inputs: Inputs, outcome: Key, day: date) -> bool:
    """Tell whether what was taken away elsewhere had been by a day; where no day is known it had."""
    of = outcome.code, outcome.subject
    ends = [one.ended for one in inputs.held if (one.code, one.subject) == of and one.ended is not None]
    return not ends or min(ends) <= day
