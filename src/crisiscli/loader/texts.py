"""The texts of messages: channel, language, labelled sentences, and the grammar inside them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import Any

from crisiscli.loader.conditions import UNREADABLE, check_condition
from crisiscli.loader.findings import QUOTE_IT, Findings, Place, meant, nearest
from crisiscli.problem import Edit, Fix, Span
from crisiscli.sentences import read_sentence

LEAF_KEYS = ("title", "body", "omits", "where", "layout")
WORDED = (
    "title",
    "summary",
    "duty",
    "who",
    "ask",
    "do",
    "why",
    "say",
    "answer",
    "release",
    "decide",
    "options",
    "tell",
)
"""Keys of a runbook that hold words of people, however short: a # in them is a number or a hashtag."""
UNLABELLED = "unlabelled"
"""The label a sentence gets in the plan when its author gave none: the words are kept, no element covers them."""

_LABELLED = "Write it as `- empathy: ...`: the label first."
_ONE_TEXT = "Write one text; where braces or brackets belong to it, put quotes around all of it."


def leaves(value: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Every text of a runbook's data with its place."""
    messages = value.get("messages")
    for name, message in messages.items() if isinstance(messages, dict) else ():
        texts = message.get("text") if isinstance(message, dict) else None
        for source, languages in texts.items() if isinstance(texts, dict) else ():
            for language, leaf in languages.items() if isinstance(languages, dict) else ():
                yield ("messages", name, "text", source, language), leaf


def check_leaf(leaf: Any, place: Place, found: Findings) -> Any:
    """Reports what is wrong with a text and returns it in a form that can be read; None when there are no words."""
    if isinstance(leaf, list):
        return _sentences(leaf, place, found)
    if isinstance(leaf, dict):
        return _titled(leaf, place, found)
    if leaf is None:
        return None
    found.add("text-shape", place, "A text is a list of labelled sentences.", _LABELLED)
    return [{UNLABELLED: str(leaf)}]


def _titled(leaf: dict[str, Any], place: Place, found: Findings) -> dict[str, Any] | None:
    clean: dict[str, Any] = {}
    for key in leaf:
        if key not in LEAF_KEYS:
            _strange_key(leaf, key, place, found)
    if not isinstance(leaf.get("body"), list):
        if leaf.get("body") is not None or "body" not in leaf:
            cure = "Add `body:` and below it `- empathy: ...` lines."
            found.add("text-shape", (*place, "body"), "The text has no `body` list.", cure)
        if not isinstance(leaf.get("title"), str):
            return None
    clean["body"] = _sentences(leaf["body"], (*place, "body"), found) if isinstance(leaf.get("body"), list) else []
    for key in ("title", "where", "layout"):
        if isinstance(leaf.get(key), str):
            clean[key] = leaf[key]
        elif leaf.get(key) is not None:
            cure = _ONE_TEXT if isinstance(leaf[key], dict | list) else QUOTE_IT
            found.add("text-shape", (*place, key), f"`{key}` must be text.", cure)
    if "title" in clean:
        _grammar(clean["title"], (*place, "title"), found)
    return _omissions(leaf, clean, place, found)


def _strange_key(leaf: dict[str, Any], key: str, place: Place, found: Findings) -> None:
    guess = nearest(key, LEAF_KEYS)
    cure = meant(key, LEAF_KEYS, f"If it is a sentence, write `- {key}: ...`; a block may hold")
    found.add("text-shape", (*place, key), f"`{key}` is not a key of a text.", cure, key=True)
    if guess and guess not in leaf and isinstance(leaf[key], list if guess in ("body", "omits") else str):
        found.misspelt[*place, key] = guess


def _omissions(leaf: dict[str, Any], clean: dict[str, Any], place: Place, found: Findings) -> dict[str, Any]:
    omits = leaf.get("omits")
    if omits is None:
        return clean
    if not isinstance(omits, list) or not all(isinstance(label, str) for label in omits):
        cure = "Write it like `omits: [next_update]`."
        found.add("text-shape", (*place, "omits"), "`omits` is a list of labels.", cure)
        return clean
    if omits and not clean.get("where"):
        cure = "Add `where: ...`: the place where people find what this text leaves out."
        what = f"The text omits {', '.join(omits)} and does not say where to find it."
        found.add("text-shape", (*place, "omits"), what, cure)
    return {**clean, "omits": omits}


def _sentences(items: list[Any], place: Place, found: Findings) -> list[dict[str, Any]]:
    clean: list[dict[str, Any]] = []
    if not items:
        found.add("text-shape", place, "This text has no sentences.", _LABELLED)
    for index, item in enumerate(items):
        if _is_plain(item):
            clean.append(item)
            continue
        here = (*place, index)
        if isinstance(item, dict):
            clean += _sentence(item, here, found)
        elif item is not None:
            _unlabelled(str(item), here, found)
            clean.append({UNLABELLED: str(item)})
    return clean


def _is_plain(item: Any) -> bool:
    """True for one label with words that hold no slot: what most sentences are."""
    if type(item) is not dict or len(item) != 1 or "when" in item:
        return False
    [text] = item.values()
    return type(text) is str and "{" not in text and "}" not in text and text != "" and not text.isspace()


def _unlabelled(words: str, place: Place, found: Findings) -> None:
    label, colon, rest = words.partition(":")
    if colon and label.isidentifier() and rest[:1].isalpha() and not found.document.style(place):
        what = f"There is no space after `{label}:`, so it is no label."
        found.add("text-shape", place, what, f"Write `- {label}: {rest if len(rest) < 40 else '...'}`.")
    else:
        found.add("text-shape", place, "This sentence has no label.", _LABELLED)


def _sentence(item: dict[str, Any], place: Place, found: Findings) -> list[dict[str, Any]]:
    labels = [key for key in item if key != "when"]
    beside: dict[str, Any] = {}
    if "when" in item:
        good = check_condition(item["when"], (*place, "when"), found)
        beside = {"when": item["when"] if good else UNREADABLE}
    if not labels:
        cure = "Write it as `- empathy: ...` with `when:` below."
        found.add("text-shape", place, "There is no sentence beside `when`.", cure)
    elif len(labels) > 1:
        what = f"One sentence has {len(labels)} labels: {', '.join(labels)}."
        found.add("text-shape", (*place, labels[1]), what, "Put `- ` before each label.", key=True)
    clean = []
    for label in labels:
        text = item[label]
        if isinstance(text, str):
            _grammar(text, (*place, label), found)
        elif text is not None:
            what = f"The sentence `{label}` must be text."
            cure = _ONE_TEXT if isinstance(text, dict | list) else QUOTE_IT
            found.add("text-shape", (*place, label), what, cure)
        if isinstance(text, str | int | float):
            clean.append({label: str(text), **beside})
    return clean


def _grammar(text: str, place: Place, found: Findings) -> None:
    if not text.strip():
        found.add("text-shape", place, "This sentence is empty.", "Write it, or delete the line.")
    if "{" not in text and "}" not in text:
        return
    facts = _facts(found)
    parts, errors = read_sentence(text)
    for error in errors:
        span = stretch(found, place, error.start, error.end)
        what = f"{error.what[:1].upper()}{error.what[1:]}."
        cure = _slot_cure(text[error.start : error.end], facts)
        found.add("sentence-grammar", place, what, cure, span=span)
    if not errors and any("{" in part for part in parts if isinstance(part, str)):
        for hit in re.finditer(r"(?<!\{)\{\s*(\w+)\s*\}(?!\})", text):
            if hit[1] in facts:
                what, cure = "A fact stands between two braces, not one.", f"Write `{{{{ {hit[1]} }}}}`."
                span = stretch(found, place, *hit.span())
                found.add("sentence-grammar", place, what, cure, span=span, fix=_braced(found, span, hit[1]))


def _braced(found: Findings, span: Span, name: str) -> Fix | None:
    from crisiscli.source.quoting import Offsets

    start, end = Offsets(found.document.text).of(span)
    written = found.document.text[start:end]
    whole = written.startswith("{") and written.endswith("}") and written[1:-1].strip() == name
    return Fix("write two braces", (Edit(start, end, f"{{{{ {name} }}}}"),)) if whole else None


def _facts(found: Findings) -> Container[str]:
    value = found.document.value
    facts = value.get("facts") if isinstance(value, dict) else None
    return facts if isinstance(facts, dict) else ()


def _slot_cure(words: str, facts: Container[str]) -> str:
    from crisiscli.rendering import FILTERS

    name = words.strip("{} ")
    if words.startswith("{{") and name.isidentifier():
        return f"Write `{{{{ {name} }}}}`."
    first, *after = re.findall(r"[\w-]+", name)[:2] or [""]
    guess = first.replace("-", "_")
    if words.startswith("{{") and guess in facts:
        filtered = f" | {after[0]}" if after and after[0] in FILTERS else ""
        return f"Did you mean `{{{{ {guess}{filtered} }}}}`?"
    known = 'A sentence may hold `{{ fact }}` and `{{ fact | filter("text") }}`, nothing else.'
    return known + (" What depends on a fact is a sentence of its own with `when:` below it." if "%" in words else "")


def stretch(found: Findings, place: Place, start: int, end: int) -> Span:
    """The Span of some characters inside a text value."""
    first = found.document.span(place, offset=start)
    last = found.document.span(place, offset=max(start, end - 1))
    return Span(first.line, first.column, last.end_line, last.end_column)


def check_hashtags(found: Findings) -> None:
    """Unquoted text that YAML cuts at a `#`."""
    for place, span, glued in found.document.hashtags():
        value = found.document.span(place)
        if "text" in place and place[0] == "messages":
            lost = glued or not _is_aside(found, span, value)
        else:
            worded = any(part in WORDED for part in place[-2:])
            lost = glued and (worded or value.end_column - value.column > 8)
        if lost:
            _lost(found, place, span, glued)


def _is_aside(found: Findings, span: Span, value: Span) -> bool:
    """True for a comment that is certainly one: set off by two blanks or more, after a finished sentence."""
    line = found.document.lines()[value.end_line - 1]
    return span.column - value.end_column > 1 and line[: value.end_column - 1].endswith((".", "!", "?", "…"))


def _lost(found: Findings, place: Place, span: Span, glued: bool) -> None:
    from crisiscli.source.blocks import as_block
    from crisiscli.source.quoting import Offsets, example, quoted

    text = found.document.text
    offsets = Offsets(text)
    start, end = offsets.of(found.document.span(place))[0], offsets.of(span)[1]
    if re.match(r"#+[ \t]*crisis:", text[offsets.of(span)[0] :], re.IGNORECASE):
        return
    what = "The text ends before the #: your hashtag would vanish." if glued else "The text ends before the #."
    cure = f"Put quotes around the whole text: {example(quoted(text[start:end]))}."
    if not glued:
        cure += " If it is a comment, give it a line of its own."
    fix = as_block(text, start, end)
    found.add("lost-hashtag", place, what, cure, span=span, fix=fix)
