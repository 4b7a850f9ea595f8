"""Where this seat keeps its files: one folder with everything in it, so that it can be backed up and moved as one."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

PROGRAM = "yijian"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places inside the data folder."""

    folder: Path

    @property
    def seat_file(self) -> Path:
        """What was chosen at this seat: language, theme, size."""
        return self.folder / "seat.json"

    @property
    def log_file(self) -> Path:
        """The program's own log, without people's data."""
        return self.folder / "log" / "yijian.log"

    @property
    def backups(self) -> Path:
        """The copies taken before migrations and restores."""
        return self.folder / "backups"

    @property
    def cache(self) -> Path:
        """What is kept only to save time; all of it may be thrown away."""
        return self.folder / "cache"

    @property
    def tour(self) -> Path:
        """The pictures made on a machine without a screen."""
        return self.folder / "tour"


def paths_in(folder: Path | None = None) -> Paths:
    """The places of a data folder; without one, those of the person who is logged in to this computer."""
    chosen = user_data_path(PROGRAM, appauthor=False) if folder is None else folder.expanduser()
    return Paths(chosen.absolute())
