"""What was known of a case at a moment that is over: an act of that moment is judged by it, and by nothing later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.workflow.planning.inputs import Inputs


def as_of(inputs: Inputs, moment: datetime) -> Inputs:
    """Give what was there by a moment, in the hall's own time: acts to the instant, papers and answers to the day.

    What has no day of its own has always been there. Outcomes on file know their days themselves; choices have none.
    """
    day = moment.date()
    return replace(
        inputs,
        facts=tuple(one for one in inputs.facts if one.since is None or one.since <= day),
        papers=tuple(one for one in inputs.papers if one.received is None or one.received <= day),
        acts=tuple(one for one in inputs.acts if one.legal <= moment),
    )
