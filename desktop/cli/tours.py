"""Playing the tour: the real window through the whole main job, a picture of each step."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop.cli.catalogues import day_asked
from desktop.cli.libraries import has_screen, missing_libraries, say_missing
from desktop.cli.options import Day, Lang, Size, Theme, settings_asked, speak
from desktop.cli.stops import stop
from desktop.log import start_log, stop_log
from desktop.words import _

if TYPE_CHECKING:
    from datetime import date

    from desktop.paths import Paths
    from desktop.settings import Settings


def tour(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help="Folder for the pictures. 图片文件夹。")],
    lang: Lang = None,
    theme: Theme = None,
    size: Size = None,
    day: Day = None,
) -> None:
    """Play the main job in the real window, on a practice hall of its own, and save a picture of each step. 演示。

    From logging a restaurant at the counter through the departments to handing over the results. The day is fixed
    (--date), so that it repeats. The hall of this seat is not touched.
    """
    paths, settings = context.obj
    speak(lang)
    asked = settings_asked(
        paths, language=lang or settings.language, theme=theme or settings.theme, size=size or settings.size
    )
    log = start_log(paths.log_file)
    context.call_on_close(lambda: stop_log(log))
    missing = missing_libraries(on_a_screen=has_screen())
    if missing:
        say_missing(missing)
        raise typer.Exit(1)
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    play(asked, out, None if day is None else day_asked(day))


def play_without_a_screen(paths: "Paths", settings: "Settings") -> int:
    """Say that there is no screen, play the tour into pictures, and say where they are."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print(_("This machine has no screen, so the window is drawn into pictures instead."))
    play(settings, paths.tour, None)
    return 0


def play(settings: "Settings", out: Path, day: "date | None") -> None:
    """Play the tour and tell each step with its picture."""
    from desktop.app import TOUR_DAY, play_tour

    try:
        for step in play_tour(settings, out, day or TOUR_DAY):
            print(f"{step.what}\n  {step.picture}", flush=True)
    except OSError:
        stop(_("The pictures cannot be written to {folder}.").format(folder=out))
    print(_("The pictures are in {folder}.").format(folder=out))
