"""Reading the log: SQL views into dataclasses, with the standard library only.

Every function takes a connection from `store.connection.reading`. Where a function takes `until`, it answers as
of that moment: what was said or done later does not exist yet.
"""
