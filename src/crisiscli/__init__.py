"""`crisis`: a crisis runbook that walks a communications lead from T0 to closure.

Three rivers: what we planned (runbook, loader, rules), what we say (message, channels,
rendering, providers, dispatch), what happened (incident, stores, reports).
They meet in one place, the walk.
"""

__version__ = "0.1.0"
