"""The service held against its OpenAPI document, by Schemathesis: requests made up from it, the replies compared.

`python -m tests.api.conformance` serves the sample articles, puts 2,000 requests and more to them, and exits with 1
where a reply is none that the document describes, or a request is taken or refused against what it says. What is let
pass is in schemathesis.toml.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.engine import Engine
from qa.language.similarity import Similarity
from tests.api.live import served
from tests.qa.seeded import open_samples
from vectorstore.embedding import open_embedding

ROOT = Path(__file__).parents[2]
EXAMPLES = 100
"""At most so many requests are made up for each operation, in each of two of the four phases: over 2,000 in all."""


@contextmanager
def samples_served() -> Iterator[str]:
    """The address of a real server over the sample articles, without a model."""
    embedder = open_embedding("wordllama", None, None, 0)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(open_samples(Path(folder) / "data", embedder), Similarity(embedder))
        try:
            with served(engine) as url:
                yield url
        finally:
            engine.close()


def command(url: str, *, examples: int, options: tuple[str, ...] = ()) -> list[str]:
    """The command that puts requests to a server and tells what it found; to be run in ROOT."""
    tool = str(Path(sys.executable).with_name("st"))
    plain = ("--no-color", "--max-examples", str(examples), "--continue-on-failure")
    return [tool, "run", f"{url}/openapi.json", *plain, *options]


def main() -> int:
    """Run, and return the tool's exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.api.conformance")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="requests at most, for each operation and phase")
    parser.add_argument("--seed", type=int, default=1, help="other requests for another number")
    arguments = parser.parse_args()
    with samples_served() as url:
        seed = ("--seed", str(arguments.seed))
        return subprocess.run(command(url, examples=arguments.examples, options=seed), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
