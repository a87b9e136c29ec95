"""Measures the budgets of the design: `python -m bench`."""

import advisorlog.tui

assert advisorlog.tui  # before Textual, as in the program: it says how often Textual paints
