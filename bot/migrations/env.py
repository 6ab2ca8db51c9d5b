"""Run by Alembic for every upgrade: the connection comes from :func:`bot.migrations.upgrade`, its transaction too."""

from alembic import context

# render_as_batch: SQLite cannot alter a column, so Alembic makes the table anew
context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
