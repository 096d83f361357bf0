"""What can go wrong between a client and a server. Every message says what to do.

ClientError
├── UnreachableError     nothing answers there, or not in time
├── NotDatelineError     something answers there, but no Dateline server
└── ServerError          the server refused the request or failed; `retryable` says whether to try again
"""


class ClientError(Exception):
    """The root."""


class UnreachableError(ClientError):
    """Nothing answers at the server's address, or not in time."""


class NotDatelineError(ClientError):
    """What answers at the address is no Dateline server."""


class ServerError(ClientError):
    """The server refused the request or failed. status: of the HTTP answer."""

    def __init__(self, message: str, *, status: int, retryable: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable
