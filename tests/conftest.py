"""The suite's own rules: the same code gives the same result, today and tomorrow."""

import gc
import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Searching for new examples is for `--hypothesis-profile=default`; what it finds becomes a test of its own.
settings.register_profile("suite", derandomize=True, print_blob=True)
settings.load_profile("suite")

# What is written is flushed to the disk thousands of times, which is most of the waiting; what is tested is that it is
# asked for and read back, not that a disk keeps it. So temporary folders are in memory where there is room.
_MEMORY, _ROOM = Path("/dev/shm"), 1 << 30
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# What a shell runs in the background ignores Ctrl-C, and so do the commands that the tests start: they hear it here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


# To look through all that is imported and collected, again and again, took the collector a tenth of the tests' time.
gc.disable()


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: the collector leaves it out of its rounds."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more worker than there are cores: a third of the tests' time is waiting for sockets, pages and processes."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


# Where a real model is served, for the tests that ask one. The product refuses QA_* names that are no settings of it.
_MODEL_URL = os.environ.pop("QA_TEST_LLM_BASE_URL", "")


@pytest.fixture(scope="session")
def model_url() -> str:
    """The address of a real model; without one, the test is skipped."""
    if not _MODEL_URL:
        pytest.skip("set QA_TEST_LLM_BASE_URL to ask a real model (docs/trying-a-model.md)")
    return _MODEL_URL
