"""When a call to the model is made again, and when it is not made at all. The one place that decides either."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

import tenacity
from circuitbreaker import STATE_HALF_OPEN, CircuitBreaker  # type: ignore[import-untyped]

from qa.errors import ModelCancelledError, ModelUnavailableError
from qa.llm.model import Deadline

_T = TypeVar("_T")


class CircuitOpenError(ModelUnavailableError):
    """The model was unavailable so often that it isn't asked for a while."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often, and after how long, a model that was unavailable is asked again.

    attempts: requests in all. first_s, most_s: the wait doubles from one to the other, with up to jitter_s on top, so
    that many callers don't come back together.
    """

    attempts: int = 3
    first_s: float = 0.5
    most_s: float = 8.0
    jitter_s: float = 0.5

    def call(self, attempt: Callable[[], _T], deadline: Deadline) -> _T:
        """Make attempts until one returns, and return that.

        Only ModelUnavailableError is worth another one, and only where the wait before it ends by the deadline;
        otherwise the error is raised at once.
        """
        backoff = tenacity.wait_exponential(self.first_s, self.most_s) + tenacity.wait_random(0, self.jitter_s)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.retry_after_s if isinstance(error, ModelUnavailableError) else None
            return backoff(state) if asked is None else asked

        def enough(state: tenacity.RetryCallState) -> bool:
            return state.attempt_number >= self.attempts or state.upcoming_sleep >= deadline.remaining()

        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_worth_another),
            stop=enough,
            wait=wait,
            sleep=deadline.sleep,
            reraise=True,
        )
        return retrying(attempt)


def _worth_another(error: BaseException) -> bool:
    return isinstance(error, ModelUnavailableError) and not isinstance(error, CircuitOpenError)


class Breaker:
    """Stops asking a model after several failures in a row; after a while one caller tries, and the others wait for it.

    The counting is the circuitbreaker library's, which knows no threads: it is only touched under a lock, and never
    while a call is under way.
    """

    def __init__(self, failures: int = 5, open_s: float = 20.0) -> None:
        self._circuit = CircuitBreaker(failures, open_s, ModelUnavailableError, name="model")
        self._lock = threading.Lock()
        self._trying = False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Around one request. Raises CircuitOpenError at once where the model isn't to be asked now."""
        with self._lock:
            trying = bool(self._circuit.state == STATE_HALF_OPEN)
            if self._circuit.opened or (trying and self._trying):
                raise CircuitOpenError(
                    "The model was unavailable several times in a row, and is left alone for some seconds. "
                    "Check that its server runs, and QA_LLM_BASE_URL."
                )
            self._trying = self._trying or trying
        try:
            yield
        except ModelUnavailableError:
            self._count(ModelUnavailableError("counted"))
            raise
        except (ModelCancelledError, GeneratorExit):
            raise  # the caller gave it up, which says nothing of the model
        except Exception:
            self._count(None)  # refused or garbled, but it is there
            raise
        else:
            self._count(None)
        finally:
            if trying:
                with self._lock:
                    self._trying = False

    def _count(self, failure: ModelUnavailableError | None) -> None:
        with self._lock, suppress(ModelUnavailableError), self._circuit:
            if failure is not None:
                raise failure
