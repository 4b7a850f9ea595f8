"""Catalogue files as department experts write them, read with their line numbers."""

from desktop.authoring.calendar import shipped_calendar
from desktop.authoring.faults import CatalogueFault, CatalogueUnreadable
from desktop.authoring.folder import Authored, Entry, read_folder
from desktop.authoring.loading import build, load_catalogue
from desktop.authoring.report import Report, Told, check_folder, lines

__all__ = [
    "Authored",
    "CatalogueFault",
    "CatalogueUnreadable",
    "Entry",
    "Report",
    "Told",
    "build",
    "check_folder",
    "lines",
    "load_catalogue",
    "read_folder",
    "shipped_calendar",
]
