"""Documents -> articles: one reader a kind, each `read(document) -> Iterator[Source]`, and `read_paths` over them."""

from vectorstore.readers.paths import files_read, read_paths, would_read

__all__ = ["files_read", "read_paths", "would_read"]
