"""The files the project was created from: test input where they are there."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "seeds"
FILES = sorted(FOLDER.glob("0*.txt"))

needs_originals = pytest.mark.skipif(len(FILES) != 4, reason="../shared/seeds is absent")
