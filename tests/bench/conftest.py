"""The bench starts windows of its own; without a screen they are drawn out of sight."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
