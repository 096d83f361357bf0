"""Libraries of older versions, brought up to this one's schema, step by step, by Alembic.

`versions/` has a step for each version of the schema; `env.py` is what Alembic runs them in. A new library is made at
once as it is now (see `database`), and needs none of them.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_FOLDER = Path(__file__).parent


def upgrade(connection: Connection, schema: int) -> None:
    """Bring a library of an older schema up to the newest, within the connection's transaction.

    schema: which it has now, from 1. Which steps were taken is its own word (`meta`), not that of Alembic's table.
    """
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, "base" if schema == 1 else str(schema))
    command.upgrade(config, "head")
