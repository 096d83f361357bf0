"""What other people's code raises, as an error of ours: a Rust library that panics raises what is no Exception even."""

from collections.abc import Iterator
from contextlib import contextmanager

from vectorstore.errors import VectorstoreError


@contextmanager
def guarded(what: str, kind: type[VectorstoreError]) -> Iterator[None]:
    """Raise `kind` for whatever is raised within, but for our own errors and what ends the program.

    what: begins the sentence, as in "The vector index".
    """
    try:
        yield
    except (VectorstoreError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise kind(f"{what} failed ({type(error).__name__}): {error}") from error
