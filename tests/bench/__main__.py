"""`python -m tests.bench desk|engine`: figures as JSON, each beside its floor or its peer in the same run."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).parents[1] / "ui" / "fonts.conf"))


def main() -> int:
    """Measure, print, and say by the exit code whether every floor holds."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("bench", choices=["desk", "engine"])
    asked.add_argument("--count", type=int, default=200_000, help="requests on file")
    asked.add_argument("--in", dest="folder", type=Path, help="keep the filled hall here, and use it again")
    options = asked.parse_args()
    figures = _engine() if options.bench == "engine" else _desk(options.count, options.folder)
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0 if all(figure["holds"] for figure in figures["figures"]) else 1


def _engine() -> dict[str, Any]:
    from tests.bench.engine import measure

    return measure()


def _desk(count: int, folder: Path | None) -> dict[str, Any]:
    from tests.bench.desk import measure

    with tempfile.TemporaryDirectory() as passing:
        return measure(count, folder or Path(passing))


if __name__ == "__main__":
    sys.exit(main())
