"""Asking a language model for help with one task: allowed by the user, from the cache where it was asked before."""

from advisorlog.workflow.assisting.helper import Helper, require

__all__ = ["Helper", "require"]
