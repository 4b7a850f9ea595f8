"""The condition language: from the words of a rule to a three-valued answer and what is missing for it."""
