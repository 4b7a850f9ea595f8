"""Catalogue files as department experts write them, read with their line numbers."""

from desktop.authoring.calendar import shipped_calendar
from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.folder import Authored, Entry, read_folder
from desktop.authoring.loading import build, load_catalogue

__all__ = [
    "Authored",
    "CatalogueFault",
    "CatalogueUnreadable",
    "Entry",
    "build",
    "load_catalogue",
    "read_folder",
    "shipped_calendar",
]
