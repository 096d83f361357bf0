"""What this service calls itself."""

from functools import cache
from importlib import metadata

SERVICE = "dateline"


@cache
def version() -> str:
    """The version that is installed; the source alone, run without being installed, has none."""
    try:
        return metadata.version(SERVICE)
    except metadata.PackageNotFoundError:
        return "0+source"
