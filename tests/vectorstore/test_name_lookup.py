import socket
import threading

import pytest

from vectorstore.name_lookup import addresses_of


def test_each_address_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(None, None, None, "", (address, 80)) for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert addresses_of("news.example", 80, 1) == ["192.0.2.1", "192.0.2.2"]


@pytest.mark.parametrize("error", [socket.gaierror("unknown"), UnicodeError("label too long")])
def test_a_name_that_is_not_known_is_said(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(OSError, match=r"nowhere\.example is not known"):
        addresses_of("nowhere.example", 80, 1)


def test_a_look_up_that_takes_too_long_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(5) and [])
    with pytest.raises(TimeoutError, match="not looked up in time"):
        addresses_of("slow.example", 80, 0.01)
    over.set()
