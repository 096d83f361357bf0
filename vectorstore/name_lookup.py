"""A name's addresses within a time: the system's look-up has no limit of its own."""

import queue
import socket
import threading


def addresses_of(host: str, port: int, seconds: float) -> list[str]:
    """A name's addresses, each once. Raises TimeoutError after so many seconds, and OSError where it isn't known.

    A look-up that takes too long is left behind.
    """
    found: queue.SimpleQueue[list[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that is too long, or empty
            found.put(error)
        else:
            found.put(list(dict.fromkeys(str(address[0]) for *_, address in every)))

    threading.Thread(target=ask, name="name-look-up", daemon=True).start()
    try:
        result = found.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"the name {host} was not looked up in time") from None
    if isinstance(result, Exception):
        raise OSError(f"the name {host} is not known") from result
    return result
