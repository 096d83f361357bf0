"""Each file of both indexes, damaged in each way: opening or the doctor notices, or it is nothing; all is healed."""

from pathlib import Path

import pytest

from tests.crash.damage import DAMAGES, FILES, Damage, damaged_and_opened, flipped, make, removed

# What is made again without a word, or says nothing of any passage.
UNNOTICED = {"chroma/seal.json", "tantivy/.managed.json", "tantivy/*.store", "tantivy/*.pos", "tantivy/*.fieldnorm"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage") / "original"
    make(folder)
    return folder


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("file", FILES)
def test_damage_heals(original: Path, tmp_path: Path, file: str, damage: Damage) -> None:
    noticed = damaged_and_opened(original, tmp_path / "copy", file, damage)
    if damage is flipped and not file.startswith("chroma/*"):
        return  # one bit may stand where nothing is kept, and everything was looked up
    if file not in UNNOTICED or (damage is removed and file != "chroma/seal.json" and "managed" not in file):
        assert noticed in {"opening", "doctor"}


def test_every_file_is_damaged(original: Path) -> None:
    files = {path for name in ("chroma", "tantivy") for path in (original / name).rglob("*") if path.stat().st_size}
    damaged = {path for file in FILES for path in original.glob(file)}
    left_out = {path.suffix for path in files - damaged if path.is_file()}
    assert left_out <= {".del"}  # present where an index was not merged yet


def test_noticing_is_not_taken_for_granted(original: Path, tmp_path: Path) -> None:
    assert damaged_and_opened(original, tmp_path / "copy", "tantivy/*.idx", lambda content, _: content) == "none"
