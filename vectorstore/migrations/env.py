"""What Alembic runs the steps in: the connection that it was given, and its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
