"""Listening: reads the CSV exports of social-listening tools, every line accounted for."""

from crisiscli.listening.export import Export, read_export
from crisiscli.listening.windows import Window, windows

__all__ = ["Export", "Window", "read_export", "windows"]
