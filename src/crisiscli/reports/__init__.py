"""Reports: one way to tell an incident per file. A new report is one file here and one line below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from crisiscli.journal import Journal
from crisiscli.reports.score import score
from crisiscli.reports.timeline import timeline

REPORTS: dict[str, Callable[[Journal, tzinfo], str]] = {"timeline": timeline, "score": score}

__all__ = ["REPORTS"]
