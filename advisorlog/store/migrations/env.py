"""Alembic's entry point: it runs on the connection that `store.schema` hands it, in that transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None, transactional_ddl=True)
context.run_migrations()
