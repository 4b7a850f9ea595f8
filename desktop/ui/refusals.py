"""The answer "no" in words, where the pages look for it; the sentences stand in ``desktop.usecases.refusals``."""

from desktop.usecases.refusals import refusal_words

__all__ = ["refusal_words"]
