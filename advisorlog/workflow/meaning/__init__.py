"""Vectors of the log made and kept up to date, and what they are good for: search, and the order of two lists."""
