"""The icons in the program: none lies there unused."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_icon_stands_beside_a_word_somewhere() -> None:
    sources = [*(ROOT / "desktop").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]  # the gallery shows some of its own
    shown = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    icons = sorted(path.stem for path in (ROOT / "resources" / "icons").glob("*.svg"))
    assert icons
    assert [name for name in icons if f'"{name}"' not in shown] == []
