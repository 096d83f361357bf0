"""Which bot processes live. Each holds a lock that ends with it, however it ends; nothing depends on clocks."""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from clients.errors import BotStoreError

_FOLDER = "bots"


class Presence:
    """This process among those of one store. token: its name there, never used twice."""

    def __init__(self, folder: Path, token: str, lock: FileLock) -> None:
        self.token = token
        self._folder = folder
        self._lock = lock

    @classmethod
    def begin(cls, store: Path) -> Self:
        """Be there, until `end` or the end of the process. Raises BotStoreError where the folder can't be written."""
        folder, token = store / _FOLDER, secrets.token_hex(8)
        lock = FileLock(folder / token, thread_local=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except OSError as error:
            raise BotStoreError.of(store, error.strerror) from None
        return cls(folder, token, lock)

    def is_gone(self, token: str) -> bool:
        """Whether the process of that name has ended."""
        if token == self.token:
            return False
        path = self._folder / token
        if not path.exists():
            return True
        lock = FileLock(path, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            return False
        lock.release()
        return True

    def forget(self, token: str) -> None:
        """Remove what a process that is gone has left."""
        with suppress(OSError):
            (self._folder / token).unlink(missing_ok=True)

    def end(self) -> None:
        """Be gone."""
        self._lock.release()
        self.forget(self.token)
