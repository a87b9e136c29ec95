"""advisorlog: the memory that your advisor has no time to keep."""
