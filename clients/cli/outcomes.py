"""What became of articles that were taken in, in numbers: a dump may hold millions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from vectorstore.records import IngestResult


@dataclass(slots=True)
class Outcomes:
    """counts: how many articles had which outcome. failures: those that failed, in order."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[IngestResult] = field(default_factory=list)

    @classmethod
    def of(cls, results: Iterable[IngestResult]) -> "Outcomes":
        """Of results that are there already."""
        outcomes = cls()
        for result in results:
            outcomes.add(result)
        return outcomes

    def add(self, result: IngestResult) -> None:
        """One more."""
        self.counts[result.outcome] += 1
        if result.outcome == "failed":
            self.failures.append(result)

    @property
    def total(self) -> int:
        """How many articles there were."""
        return self.counts.total()
