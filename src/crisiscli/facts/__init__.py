"""Facts: reads what people type into values, and shows values to the operator."""

from __future__ import annotations

from crisiscli.facts.moments import ago, moment
from crisiscli.facts.reading import Typed, accepts, read
from crisiscli.facts.sample import sample
from crisiscli.facts.services import STATES, Service
from crisiscli.facts.show import Value, show, worst_first

__all__ = ["STATES", "Service", "Typed", "Value", "accepts", "ago", "moment", "read", "sample", "show", "worst_first"]
