"""Files of the derived indexes, damaged one at a time: is it noticed, and does everything heal?

`python -m tests.crash.damage` prints the whole matrix, with more flipped bits than the tests have time for.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.crash.kills import Outcome, look_up
from tests.crash.writing import HashEmbedder
from vectorstore.records import Article, Source
from vectorstore.store import Store

ARTICLES = 60
_ROUNDS = 10  # of replacing all: Chroma writes a graph to the disk after 1,000 changes
FILES = (
    "chroma/*/data_level0.bin",
    "chroma/*/header.bin",
    "chroma/*/index_metadata.pickle",
    "chroma/*/length.bin",
    "chroma/*/link_lists.bin",
    "chroma/chroma.sqlite3",
    "chroma/seal.json",
    "tantivy/.managed.json",
    "tantivy/meta.json",
    "tantivy/*.fast",
    "tantivy/*.fieldnorm",
    "tantivy/*.idx",
    "tantivy/*.pos",
    "tantivy/*.store",
    "tantivy/*.term",
)


def truncated(content: bytes, where: float) -> bytes:
    """Its first part."""
    return content[: int(len(content) * where)]


def zeroed(content: bytes, _: float) -> bytes:
    """As long, and empty."""
    return bytes(len(content))


def flipped(content: bytes, where: float) -> bytes:
    """With one bit that is another."""
    changed = bytearray(content)
    changed[int(len(content) * where)] ^= 0x10
    return bytes(changed)


def removed(_: bytes, __: float) -> None:
    """Gone."""


Damage = Callable[[bytes, float], bytes | None]
DAMAGES: tuple[Damage, ...] = (truncated, zeroed, flipped, removed)
_WIDTHS: dict[Damage, int] = {truncated: 14, zeroed: 14, flipped: 23, removed: 14}


def make(data_dir: Path) -> None:
    """A data folder whose indexes have written all kinds of files that they write."""
    with closing(Store.open(data_dir, HashEmbedder())) as store:
        for turn in range(_ROUNDS):
            texts = {f"k{number}": f"Station {number} saw boat {turn} leave." for number in range(ARTICLES)}
            store.ingest(Source(key, Article(key, text)) for key, text in texts.items())


def damaged_and_opened(original: Path, folder: Path, file: str, damage: Damage, where: float = 0.5) -> str:
    """What noticed the damage to a copy of a data folder: "opening", "doctor", or "none"; all is well afterwards.

    Raises AssertionError where it isn't, by the doctor's word or by looking everything up without it.
    """
    shutil.copytree(original, folder)
    path = max(folder.glob(file), key=lambda path: path.stat().st_size)
    changed = damage(path.read_bytes(), where)
    if changed is None:
        path.unlink()
    else:
        path.write_bytes(changed)
    notices: list[str] = []
    with closing(Store.open(folder, HashEmbedder(), on_notice=notices.append)) as store:
        diagnosis = store.upkeep.examine()
        noticed = "opening" if notices else "none" if diagnosis.ok else "doctor"
        repaired = diagnosis if diagnosis.ok else store.upkeep.examine(repair=True)
        assert repaired.ok, repaired
        outcome = Outcome()
        look_up(store, outcome)
        assert outcome.unfound == []
        assert store.counts().passages == ARTICLES
    return noticed


def main(flips: int = 10) -> None:
    """Every file, every damage."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="dateline-damage-") as name:
        folder = Path(name)
        make(folder / "original")
        print(f"{'file':<34}" + "".join(f"{damage.__name__:<{_WIDTHS[damage]}}" for damage in DAMAGES))
        for file in FILES:
            cells: dict[Damage, str] = {}
            for damage in DAMAGES:
                places = [chance.random() for _ in range(flips)] if damage is flipped else [0.5]
                noticed: Counter[str] = Counter()
                for where in places:
                    noticed[damaged_and_opened(folder / "original", folder / "copy", file, damage, where)] += 1
                    shutil.rmtree(folder / "copy")
                several = ", ".join(f"{count} {by}" for by, count in noticed.most_common())
                cells[damage] = several if damage is flipped else next(iter(noticed))
            print(f"{file:<34}" + "".join(f"{cell:<{_WIDTHS[damage]}}" for damage, cell in cells.items()))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
