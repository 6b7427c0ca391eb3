"""Rules about what must be said at each stage."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.saying.incomplete_all_clear import IncompleteAllClear
from crisiscli.rules.saying.incomplete_brief import IncompleteBrief
from crisiscli.rules.saying.incomplete_closure import IncompleteClosure
from crisiscli.rules.saying.incomplete_explanation import IncompleteExplanation
from crisiscli.rules.saying.incomplete_holding import IncompleteHolding
from crisiscli.rules.saying.incomplete_status import IncompleteStatus
from crisiscli.rules.saying.label_lies import LabelLies
from crisiscli.rules.saying.must_say import MustSay
from crisiscli.rules.saying.no_alternative import NoAlternative
from crisiscli.rules.saying.no_canonical_place import NoCanonicalPlace
from crisiscli.rules.saying.no_promise_of_next_word import NoPromiseOfNextWord

RULES: tuple[Rule, ...] = (
    MustSay(),
    IncompleteHolding(),
    IncompleteExplanation(),
    IncompleteStatus(),
    IncompleteAllClear(),
    IncompleteClosure(),
    IncompleteBrief(),
    NoAlternative(),
    LabelLies(),
    NoPromiseOfNextWord(),
    NoCanonicalPlace(),
)
