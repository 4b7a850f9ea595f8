"""`python -m tests.bench desk`: the figures of a desk as JSON, each beside its floor in the same run."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).parents[1] / "ui" / "fonts.conf"))


def main() -> int:
    """Measure, print, and say by the exit code whether every floor holds."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("bench", choices=["desk"])
    asked.add_argument("--count", type=int, default=200_000, help="requests on file")
    asked.add_argument("--in", dest="folder", type=Path, help="keep the filled hall here, and use it again")
    options = asked.parse_args()
    from tests.bench.desk import measure

    with tempfile.TemporaryDirectory() as passing:
        figures = measure(options.count, options.folder or Path(passing))
    json.dump(figures, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0 if all(figure["holds"] for figure in figures["figures"]) else 1


if __name__ == "__main__":
    sys.exit(main())
