"""A language model as an optional help: it selects, orders and words; the log's own sentences are what is shown.

Nothing is sent unless the user has switched the task on. What may be sent is decided in `material`, what may be shown
in `grounding`; `connecting` is the one place that loads openai. Where an endpoint fails, the document is what it would
be without one.
"""
