"""Keeps the values of a request's plan up to date act by act, answer by answer, without valuing the rest again."""
