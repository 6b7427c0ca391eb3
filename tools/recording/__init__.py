"""Recordings of the real program: a person walks a scene in a pseudo-terminal, and what was seen is kept."""
