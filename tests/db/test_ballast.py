"""The room kept in reserve for a full disk."""

import subprocess
import sys
from pathlib import Path

from db.ballast import give_ballast_back, lay_ballast
from tests.db.seats import ROOT

MEGABYTE = 1 << 20


def test_the_room_is_really_taken_and_really_given_back(tmp_path: Path) -> None:
    assert lay_ballast(tmp_path, MEGABYTE)
    (ballast,) = tmp_path.iterdir()
    assert ballast.stat().st_blocks * 512 >= MEGABYTE
    assert give_ballast_back(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not give_ballast_back(tmp_path)


def test_laying_it_again_takes_no_more(tmp_path: Path) -> None:
    assert lay_ballast(tmp_path, MEGABYTE)
    (ballast,) = tmp_path.iterdir()
    before = ballast.stat().st_mtime_ns
    assert lay_ballast(tmp_path, MEGABYTE)
    assert ballast.stat().st_mtime_ns == before


def test_a_disk_too_full_for_it_is_no_fault_and_keeps_no_part_of_it(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path; from db.ballast import lay_ballast;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "print(lay_ballast(Path(sys.argv[1]), 1 << 20), list(Path(sys.argv[1]).iterdir()))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 our own program
    assert done.stdout.strip() == "False []"
