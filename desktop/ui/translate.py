"""Switching the language of a running seat: every widget says its words again, nothing is rebuilt."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QWidget

from desktop import words

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class Retranslated(_Widget):
    """A widget that can say its words again: ``class QueuePage(Retranslated, QWidget)``, first in the list of bases.

    ``retranslate`` is called at each change of language; the widget calls it itself once, at the end of ``__init__``.
    """

    def retranslate(self) -> None:
        """Set every text of this widget anew, in the language of the seat."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Say the words again when the language has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def switch_language(app: QCoreApplication, language: words.Language) -> None:
    """Show the whole program in another language, at once; every window and page is told one time."""
    words.set_language(language)
    translator = _standard_texts()
    told = app.removeTranslator(translator)
    if language == "zh":
        told = app.installTranslator(translator)
    if not told:
        app.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    app.sendPostedEvents(None, QEvent.Type.LanguageChange.value)  # Qt only posts it to the windows


@lru_cache(maxsize=1)
def _standard_texts() -> QTranslator:
    """Qt's own Chinese for what we do not draw ourselves, such as the menu of a text field or a file dialog."""
    translator = QTranslator()
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator
