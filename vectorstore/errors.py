"""What can go wrong below the answers. Every message says what to do.

VectorstoreError
├── ReadError              a file or record that can't be read as an article
│   └── FetchError           an address can't be fetched
│       ├── AddressRefusedError   it may not be: no web address, or one of a private network
│       ├── RobotsRefusedError    the site's robots.txt asks that it isn't
│       ├── PageTooLargeError     there is more than a page holds
│       ├── FetchTimeoutError     it takes too long
│       ├── NotModifiedError      it is as it was when it was last fetched
│       └── FetchFailedError      it isn't there, leads nowhere, or the site fails
├── ArticleNotFoundError   no such article, or no such revision of it
├── FolderError            a data folder that can't be opened
│   ├── FolderLockedError    another process owns it
│   ├── FolderReadOnlyError  it can't be written to
│   ├── FolderTooNewError    a newer version of the program wrote it
│   └── EmbeddingChangedError  its passages were embedded by another model: `qa reindex`
├── JobNotFoundError       no such job
├── JobsFullError          too many jobs wait already
├── BackupError            no backup can be made there, or what is there is none that can be put back
├── BadCursorError         a listing's cursor that this store didn't give
├── IndexDamagedError      Chroma or Tantivy failed; never leaves the store, which rebuilds the index from the library
├── StorageError           a read or write failed, or the store is closed; what was acknowledged is safe
│   ├── ClosedError          the store is closed
│   └── DiskFullError        there is no room to write; reading goes on
├── EmbeddingError         the embedding model failed or gave what can't be used; `retryable` says whether to try again
└── UnforeseenError        something failed that shouldn't; its words may be another program's
"""


class VectorstoreError(Exception):
    """The root. retryable: whether the same call may succeed later without anything being changed."""

    retryable: bool = False


class ReadError(VectorstoreError):
    """A file or a record can't be read as an article."""


class FetchError(ReadError):
    """An address can't be fetched."""


class AddressRefusedError(FetchError):
    """An address that may not be fetched: no web address, or one of a private network, this machine's among them."""


class RobotsRefusedError(FetchError):
    """The site's robots.txt asks that the address isn't fetched, or can't be read to know."""


class PageTooLargeError(FetchError):
    """What is at the address is larger than a page, as it comes or unpacked."""


class FetchTimeoutError(FetchError):
    """Fetching takes too long."""

    retryable = True


class NotModifiedError(FetchError):
    """What is at the address is what was there when it was last fetched."""


class FetchFailedError(FetchError):
    """Nothing is there, it leads nowhere, or the site fails. status: of the HTTP answer, where there is one."""

    def __init__(self, message: str, *, status: int | None = None, retryable: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.retryable = retryable


class ArticleNotFoundError(VectorstoreError):
    """No article has this id, or the article has no such revision."""


class JobNotFoundError(VectorstoreError):
    """No job has this id, or it is so old that it was forgotten."""


class JobsFullError(VectorstoreError):
    """As many jobs wait as may."""

    retryable = True


class BackupError(VectorstoreError):
    """No backup can be made in a folder, or what is there is none, or may not replace a library."""


class BadCursorError(VectorstoreError):
    """A listing's cursor that this store didn't give."""


class IndexDamagedError(VectorstoreError):
    """A derived index failed or lost something. The store catches it and rebuilds the index from the library."""

    retryable = True


class FolderError(VectorstoreError):
    """A data folder can't be opened."""


class FolderLockedError(FolderError):
    """Another process owns the data folder. url: where it serves, or None where it doesn't."""

    retryable = True

    def __init__(self, message: str, url: str | None = None) -> None:
        super().__init__(message)
        self.url = url


class FolderReadOnlyError(FolderError):
    """The data folder can't be written to."""


class FolderTooNewError(FolderError):
    """A newer version of the program wrote the data folder."""


class EmbeddingChangedError(FolderError):
    """The library's passages were embedded by another model than the one set now."""


class StorageError(VectorstoreError):
    """The data folder could not be read or written, or the store is closed.

    Nothing of a write that failed was acknowledged; everything acknowledged before is safe.
    """

    retryable = True


class ClosedError(StorageError):
    """The store is closed, or just being."""


class DiskFullError(StorageError):
    """There is no room to write on the data folder's disk, or too little to spare. Reading goes on."""

    retryable = False


class EmbeddingError(VectorstoreError):
    """The embedding model failed, or returned what can't be used."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class UnforeseenError(VectorstoreError):
    """Something failed that shouldn't have: a fault of ours, or of a library that we build on."""
