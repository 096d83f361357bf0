"""`python -m vectorstore.trial FOLDER`: open a vector index and search it; see `seal`. It may die of it."""

import sys
from contextlib import suppress
from pathlib import Path

from vectorstore.chroma import VectorIndex

_SEARCHES = 500


def main(folder: Path) -> None:
    """Search for some of the index's own vectors, spread over all. Raises IndexDamagedError, if it comes to that."""
    with suppress(ImportError):  # where there are no such limits, there are no core files either
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    VectorIndex(folder, tried=True).try_out(_SEARCHES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
