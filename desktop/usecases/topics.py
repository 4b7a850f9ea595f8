"""The kinds of data an act can change, by which pages know when to look again."""

from enum import StrEnum


class Topic(StrEnum):
    """One kind of data."""

    REQUESTS = "requests"
    TASKS = "tasks"
    PAPERS = "papers"
    PEOPLE = "people"
    FACTS = "facts"
    ACCOUNTS = "accounts"
    CALENDAR = "calendar"
    CATALOGUE = "catalogue"
    LETTERS = "letters"
    DRAFTS = "drafts"
    SETTINGS = "settings"
    TICKETS = "tickets"
