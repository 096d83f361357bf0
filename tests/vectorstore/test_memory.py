"""Freed memory goes back to the system."""

import resource
from pathlib import Path

import pytest

from vectorstore import memory

_MIB = 2**20


@pytest.mark.skipif(memory._TRIM is None, reason="only glibc keeps it")
def test_what_was_freed_among_what_is_kept_goes_back() -> None:
    pieces = [bytearray(50_000) for _ in range(2_000)]  # too small for the C library to map each apart
    kept = pieces[::20]
    del pieces
    before = _held()
    memory.give_back()
    assert before - _held() > 50 * _MIB
    assert len(kept) == 100


def test_another_c_library_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_TRIM", None)
    memory.give_back()


def _held() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
