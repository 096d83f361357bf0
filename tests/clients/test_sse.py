"""Events out of bytes: the same ones, wherever the bytes are cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import sse
from clients.sse import ServerEvent, TooLongError, read_events

STREAM = (
    ': ping\n\nevent: text\ndata: {"delta":"a\u2028b\u0085c\x0b"}\n\n'
    "data:one\r\ndata: two\r\n\r\nid: 7\revent:x\rdata\r\rretry: 5\n\nevent: empty\n\ndata: no end\n"
).encode()
EVENTS = [
    ServerEvent("text", '{"delta":"a\u2028b\u0085c\x0b"}'.encode()),
    ServerEvent("message", b"one\ntwo"),
    ServerEvent("x", b""),
]


def test_the_events_of_a_stream() -> None:
    assert list(read_events([STREAM])) == EVENTS


def test_byte_by_byte() -> None:
    assert list(read_events(bytes([byte]) for byte in STREAM)) == EVENTS


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_cut_anywhere(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(STREAM)]
    assert list(read_events(STREAM[a:b] for a, b in pairwise(places))) == EVENTS


@given(st.lists(st.sampled_from([b"", b"\r", b"\n", b"\r\n", b"data: x", b"event: y", b":", b"\xff", b"data"])))
def test_chunks_make_no_difference(chunks: list[bytes]) -> None:
    assert list(read_events(chunks)) == list(read_events([b"".join(chunks)]))


def test_an_event_is_given_as_soon_as_it_is_whole() -> None:
    def chunks() -> list[bytes]:
        raise AssertionError("nothing more is read")

    def stream() -> object:
        yield b"data: x\r\r"
        yield from chunks()

    assert next(read_events(stream())) == ServerEvent("message", b"x")  # type: ignore[arg-type]


@pytest.mark.parametrize("chunk", [b"data: xxxxxxxx", b"data: xxxxxxxx\n"])
def test_what_never_ends_is_not_held(monkeypatch: pytest.MonkeyPatch, chunk: bytes) -> None:
    monkeypatch.setattr(sse, "MAX_EVENT", 1000)
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield chunk

    with pytest.raises(TooLongError):
        list(read_events(endless()))  # type: ignore[arg-type]
    assert taken < 100
