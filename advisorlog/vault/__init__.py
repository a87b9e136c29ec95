"""Markdown in and out. Reading knows no store: files become plain dataclasses."""
