"""The command line: it opens the window, and does what needs none."""

import typer

from desktop import words
from desktop.cli.backups import backup, restore
from desktop.cli.catalogues import catalogue
from desktop.cli.imports import imports
from desktop.cli.libraries import has_screen, missing_libraries, say_missing
from desktop.cli.options import Data, Lang, Server, Size, Theme, settings_asked
from desktop.cli.tours import play_without_a_screen, tour
from desktop.log import start_log, stop_log
from desktop.paths import Paths, paths_in
from desktop.settings import Settings, data_folder_asked

app = typer.Typer(
    name="yijian",
    help="Yijian: a service hall's desk. 一键：政务服务大厅办事桌面。",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(catalogue, name="catalogue")
app.add_typer(imports, name="import")
app.command()(tour)
app.command()(backup)
app.command()(restore)


def main() -> None:
    """Run the command line."""
    app()


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    data: Data = None,
    database: Server = None,
    lang: Lang = None,
    theme: Theme = None,
    size: Size = None,
) -> None:
    """Open the window."""
    paths = paths_in(data_folder_asked(data))
    settings = settings_asked(paths, database=database, language=lang, theme=theme, size=size)
    words.set_language(settings.language)
    context.obj = (paths, settings)
    if context.invoked_subcommand is not None:
        return
    log = start_log(paths.log_file)
    context.call_on_close(lambda: stop_log(log))
    screen = has_screen()
    missing = missing_libraries(on_a_screen=screen)
    if missing:
        say_missing(missing)
        raise typer.Exit(1)
    raise typer.Exit(_open_window(paths, settings) if screen else play_without_a_screen(paths, settings))


def _open_window(paths: Paths, settings: Settings) -> int:
    from desktop.app import run

    return run(paths, settings)
