"""Code names: short enough to say on the phone, plain enough to type at 3 a.m."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

_FIRST = (
    "amber", "autumn", "birch", "bold", "brass", "bright", "calm", "cedar", "clear", "cobalt", "copper", "coral",
    "crisp", "dawn", "early", "fern", "frost", "gentle", "golden", "granite", "green", "harbor", "hazel", "iron",
    "ivory", "jade", "laurel", "lemon", "linen", "lunar", "maple", "marble", "mellow", "mint", "misty", "noble",
    "north", "olive", "opal", "paper", "pearl", "pine", "plain", "polar", "quiet", "rapid", "river", "rose",
    "ruby", "sandy", "scarlet", "silver", "simple", "solar", "spring", "steady", "summer", "velvet", "violet", "winter",
)  # fmt: skip
_SECOND = (
    "badger", "beaver", "bison", "camel", "condor", "coyote", "crane", "dolphin", "donkey", "eagle", "falcon", "ferret",
    "finch", "fox", "gecko", "gibbon", "goose", "hamster", "hare", "heron", "ibis", "jackal", "jaguar", "koala",
    "lark", "lemur", "linnet", "lion", "lynx", "magpie", "marten", "merlin", "mole", "moose", "otter", "owl",
    "panda", "panther", "parrot", "pelican", "penguin", "pigeon", "plover", "puffin", "puma", "rabbit", "raven",
    "robin", "salmon", "seal", "sparrow", "stork", "swan", "tiger", "toucan", "trout", "turtle", "walrus", "wombat",
    "zebra",
)  # fmt: skip
SHAPE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


def code_name(taken: Collection[str]) -> str:
    """A code name that no incident has yet. ASCII, lower case, two words."""
    while True:
        found = f"{secrets.choice(_FIRST)}-{secrets.choice(_SECOND)}"
        if found not in taken:
            return found
