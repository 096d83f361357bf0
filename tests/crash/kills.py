"""A process is killed at a random moment of its writing, again and again, and each time everything is looked at.

What was acknowledged must be there, what was deleted must not, and every current passage must be found, all of it after
opening the folder as it was left.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.ledger import Expected, Version
from tests.crash.writing import ARTICLES, HashEmbedder, text_of
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import article_id
from vectorstore.limits import NO_LIMITS
from vectorstore.store import Store

ROOT = Path(__file__).parents[2]
AT_MOST_S = 2.0


@dataclass(slots=True)
class Outcome:
    """What was found after the kills. Each list names what should not be.

    lost: acknowledged, and not there as it was. cited: deleted or replaced, and found. left: deleted, and still in the
    files of an index. unfound: current passages that their own vector or words don't find. repairs: folders that didn't
    open, or didn't pass the doctor. kills: by what was going on. rebuilt: how often an index was made anew, by itself.
    """

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    rebuilt: int = 0
    lost: list[str] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unfound: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing is as it should not be."""
        return not any((self.lost, self.cited, self.left, self.unfound, self.repairs, self.failed))

    def __str__(self) -> str:
        during = ", ".join(f"{count} while {kind}" for kind, count in self.kills.most_common())
        return (
            f"{self.kills.total()} kills ({during}), {self.acknowledged:,} writes acknowledged: {len(self.lost)} lost, "
            f"{len(self.cited)} deleted ones found, {len(self.left)} left in files, {len(self.unfound)} current "
            f"passages not found, {len(self.repairs)} repairs by hand, {len(self.failed)} failures; "
            f"indexes made anew {self.rebuilt} times"
        )


def killed_again_and_again(folder: Path, kills: int, seed: int, at_most_s: float = AT_MOST_S) -> Outcome:
    """Let a process write to a data folder in `folder`, and kill it, so often, after `at_most_s` seconds each time."""
    outcome, expected, chance = Outcome(), Expected(), random.Random(seed)
    command = [sys.executable, "-m", "tests.crash.writing"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:
        for turn in range(kills):
            ledger = folder / f"ledger-{turn}"
            _kill_one(
                nursery, json.dumps([str(folder / "data"), str(ledger), seed + turn]), chance.uniform(0.0, at_most_s)
            )
            expected.read((ledger.read_text() if ledger.exists() else "").splitlines())
            outcome.kills[expected.doing] += 1
            outcome.failed, outcome.acknowledged = expected.failures, expected.acknowledged
            ledger.unlink(missing_ok=True)
            try:
                _look(folder / "data", expected, outcome, chance)
            except Exception as error:  # noqa: BLE001 - whatever it is, a person would have to mend it
                outcome.repairs.append(repr(error))
                break
        assert nursery.stdin
        nursery.stdin.close()
    return outcome


def _kill_one(nursery: "subprocess.Popen[str]", order: str, after_s: float) -> None:
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write(order + "\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    nursery.stdout.readline()


def _look(data_dir: Path, expected: Expected, outcome: Outcome, chance: random.Random) -> None:
    notices: list[str] = []
    with closing(Store.open(data_dir, HashEmbedder(), on_notice=notices.append)) as store:
        outcome.rebuilt += len(notices)
        there = {f"k{number}": _version(store, f"k{number}") for number in range(ARTICLES)}
        for key, version in there.items():
            must = expected.versions.get(key)
            if not expected.settle(key, version):
                outcome.lost.append(f"{key}: {must} was acknowledged, and it is {version}")
        gone = [key for key, version in there.items() if version is None]
        outcome.left += store._indexes.stems_left(store._indexes.stems_of(" ".join(gone), None))[1]
        look_up(store, outcome)
        ask(store, there, outcome, chance)
        diagnosis = store.upkeep.examine()
        outcome.repairs += [f"{check.name}: {check.found}" for check in diagnosis.checks if not check.ok]


def _version(store: Store, key: str) -> Version:
    try:
        text = store.article(article_id(key)).text
    except ArticleNotFoundError:
        return None
    version = text.split(" of fleet ")[1].split()[0]
    return version if text == text_of(key, version) else f"torn {version}"


def look_up(store: Store, outcome: Outcome) -> None:
    """Look every current passage up by just what it was embedded as, and by its words."""
    embedder = HashEmbedder()
    with store._indexes.searching() as (vectors, lexical):
        for batch in store._changes.added_since(0):
            for number, text in zip(batch.ids, batch.texts, strict=True):
                by_vector = vectors.nearest(embedder.embed_question(text), 3)
                by_words = [each for each, _ in lexical.search(text[:200], ARTICLES * 3, NO_LIMITS)]
                outcome.unfound += [f"passage {number}" for found in (by_vector, by_words) if number not in found]


def ask(store: Store, there: dict[str, Version], outcome: Outcome, chance: random.Random) -> None:
    """Search as people do, for some that are there and some that are gone: only current texts may come."""
    current = {article_id(key): text_of(key, version) for key, version in there.items() if version is not None}
    gone = [key for key, version in there.items() if version is None]
    for key in chance.sample(sorted(there), 4) + chance.sample(gone, min(4, len(gone))):
        hits = store.search(f"Which boats did station {key} see?", limit=5).hits
        outcome.cited += [hit.article.id for hit in hits if current.get(hit.article.id) != hit.article.text]
