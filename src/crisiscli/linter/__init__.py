"""Lint: every rule over every runbook, and what it found in the format somebody reads."""

from __future__ import annotations

from crisiscli.linter.report import LintReport
from crisiscli.linter.running import lint, lint_one, run

__all__ = ["LintReport", "lint", "lint_one", "run"]
