"""Where the seat's key is kept: beside the records, and for the person's own records with the computer too."""

from collections.abc import Callable
from pathlib import Path

from db.keys import Keys, default_key_file
from db.open import Place, keys_for
from db.secret_service import SecretService, find_secret_service
from desktop.paths import paths_in

Finder = Callable[[], SecretService | None]


def keys_at(place: Place, own: Path | None = None, find: Finder = find_secret_service) -> Keys:
    """Find the keys of the records at a place, made new only where no records are; see `db.open.keys_for`.

    The computer's keeping is asked only for records in the person's `own` data folder, so that a trial leaves nothing
    behind, and only when new keys are made or the key file is gone, so that nobody waits for it at every start.
    """
    if place.folder != (own or paths_in().folder) or _opens_by_itself(place):
        return keys_for(place)
    return keys_for(place, secret_service=find())


def _opens_by_itself(place: Place) -> bool:
    return default_key_file(place.folder).exists()
