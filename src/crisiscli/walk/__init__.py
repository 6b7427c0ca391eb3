"""The walk: where what was planned, what is said and what happened meet."""
