"""From a need back to what is still missing: what is known, what holds, what is asked, and the plan."""
