"""Facts that are used before anybody was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from crisiscli.loader.findings import Place
from crisiscli.problem import Label, Problem, Span
from crisiscli.rules.base import Rule
from crisiscli.rules.book import Book
from crisiscli.rules.course import Stop
from crisiscli.rules.references.needing import Need, compared, needs
from crisiscli.rules.references.possible import Possible


class AskedBeforeUsed(Rule):
    """A text, a gate, a `when` or a clock uses a fact, and no step before it asks for the fact on every way through.

    What a text still lacks when it is to be sent is asked at that moment. That is fine for what the lead knows, and
    for a follow-up days later. It is too late for what somebody else has to find out first, and nobody asks at all
    for a fact that opens a gate, starts a clock, or stands in a sentence that may be left out: the sentence is never
    said, and nobody notices.

    Bad:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: know
            by: T+6m
            role: it
            ask: [is_attack]
      - id: later
        title: The first hours
        steps:
          - id: next-word
            role: lead
            ask: [next_update]
    ```
    Good:
    ```yaml
    phases:
      - id: first
        title: First fifteen minutes
        steps:
          - id: know
            by: T+6m
            role: it
            ask: [is_attack, next_update]
    ```
    """

    NAME = "asked-before-used"
    CODE = "R320"
    LEVEL = "warning"
    EFFECT = "The words, or what hangs on them, wait for somebody who was never asked, while the clock runs."

    def check(self, book: Book) -> Iterator[Problem]:
        course = book.course
        late = _late(book, course.first_send, book.runbook.facts)
        if not late:
            return
        told: set[str] = set()
        for name, problem in (*self._messages(book, late), *self._conditions(book, late - course.asked.keys())):
            if name not in told:
                told.add(name)
                yield problem

    def _messages(self, book: Book, late: Set[str]) -> Iterator[tuple[str, Problem]]:
        course = book.course
        late_for = {name: _late(book, stops[0].number, late) for name, stops in course.sent.items()}
        for need in needs(book, late_for):
            for stop in course.sent[need.message]:
                why = _why(book, need, stop)
                if why:
                    what = f"`{need.message}` uses `{need.fact}`, and {why}."
                    yield need.fact, self._told(book, need.fact, what, need.span(book), stop)
                    break

    def _conditions(self, book: Book, unasked: Set[str]) -> Iterator[tuple[str, Problem]]:
        """What hangs on facts that no step asks for."""
        if not unasked:
            return
        spoken = {need.fact for need in needs(book, dict.fromkeys(book.course.sent, unasked)) if not need.without}
        told_later = {clock.told for clock in book.runbook.clocks.values()}
        for condition, place, whose in _hanging(book):
            for name in sorted(compared(condition) & (unasked - spoken - told_later)):
                span = book.document.span(place, key=True)
                what = f"{whose} hangs on `{name}`, and no step asks for it."
                yield name, self._told(book, name, what, span, None)

    def _told(self, book: Book, name: str, what: str, span: Span, stop: Stop | None) -> Problem:
        labels = [Label(book.document.span(("facts", name), key=True), "defined here")]
        labels += [
            Label(book.document.span((*asking.place, "ask", asking.asks.index(name))), "asked here")
            for asking in book.course.asked.get(name, ())[:1]
        ]
        if stop is not None:
            labels.append(Label(book.document.span((*stop.place, "send")), "sent here"))
        before = f" before `{stop.id}`" if stop is not None and not stop.is_follow_up else ""
        role = book.runbook.facts[name].confirmed_by or "lead"
        cure = f"Add it to a step{before} that asks `{role}`: `ask: [{name}]`."
        return self.at(book, ("facts", name), what, cure, span=span, here="used here", others=labels)


def _late(book: Book, number: int, facts: Iterable[str]) -> set[str]:
    """The facts that no step before that one asks for on every way."""
    asked = book.course.asked
    return {name for name in facts if not any(one.when is None and one.number < number for one in asked.get(name, ()))}


def _why(book: Book, need: Need, stop: Stop) -> str:
    """Why nobody was asked before a message goes, or "" when somebody was, or need not be."""
    asking = book.course.asked.get(need.fact, [])
    before = [one for one in asking if one.number < stop.number]
    if not asking:
        if need.without:
            label = f"the sentence `{need.label}`"
            return "" if stop.is_follow_up else f"no step asks for it: {label} would be left out without a word"
        other = book.runbook.facts[need.fact].confirmed_by
        own = other in (None, "lead", stop.step.role)
        return "" if own or stop.is_follow_up else f"no step asks `{other}` for it before `{stop.id}` sends the words"
    if need.without:
        return ""
    if not before:
        return f"only the later step `{asking[0].id}` asks for it"
    if any(one.when is None for one in before):
        return ""
    ways = [stop.when] if stop.when is not None else []
    missed = Possible(book).holds(ways, never=[one.when for one in before])
    return f"not on every way: `{before[0].id}` asks for it only under its own condition" if missed else ""


def _hanging(book: Book) -> Iterator[tuple[object, Place, str]]:
    """Conditions whose facts nothing asks for by itself: of steps, gates and clocks."""
    for stop in book.course.stops:
        if stop.when is not None:
            yield stop.when, (*stop.place, "when"), f"The step `{stop.id}`"
    for name, gate in book.runbook.gates.items():
        yield gate.opens_when, ("gates", name, "opens_when"), f"The gate `{name}`"
    for name, clock in book.runbook.clocks.items():
        if isinstance(clock.from_, dict | list):
            yield clock.from_, ("clocks", name, "from"), f"The clock `{name}`"
