"""Files -> articles: one reader a format, each `read(path) -> Iterator[Source]`, and `read_paths` over all of them."""

from vectorstore.readers.paths import files_read, read_paths, would_read

__all__ = ["files_read", "read_paths", "would_read"]
