"""Made-up runbooks of about 200 lines in three languages, every text distinct: what lint's speed is measured on.

python -m benchmarks.corpus FOLDER COUNT
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

_PLACES = ("Gdańsk", "Łódź", "Iași", "Timișoara", "Leeds", "Kraków", "Cluj", "Poznań", "Brașov", "Bristol")
_SERVICES = {
    "pl": ("aplikacja", "płatności kartą", "przelewy", "bankomaty", "logowanie"),
    "ro": ("aplicația", "plățile cu cardul", "transferurile", "bancomatele", "autentificarea"),
    "en": ("the app", "card payments", "transfers", "cash machines", "log-in"),
}
_TEXTS = {
    "pl": {
        "empathy": "Przepraszamy: {what} w oddziale {place} nie działa od rana i to nasza sprawa, nie Twoja.",
        "known": "Wiemy, że sprawa {number} dotyczy też innych miejsc w okolicy.",
        "not_known": "Nie znamy jeszcze przyczyny; sprawdzamy urządzenia numer {number}.",
        "next_update": "Następna informacja będzie tutaj o {{{{ next_update }}}}.",
    },
    "ro": {
        "empathy": "Ne cerem scuze: {what} din {place} nu funcționează de azi-dimineață și este treaba noastră.",
        "known": "Știm că situația {number} privește și alte locuri din apropiere.",
        "not_known": "Nu știm încă de ce; verificăm echipamentul cu numărul {number}.",
        "next_update": "Următoarea informație apare aici la {{{{ next_update }}}}.",
    },
    "en": {
        "empathy": "We are sorry: {what} in {place} has not worked since this morning, and that is ours to mend.",
        "known": "We know that case {number} touches other places nearby as well.",
        "not_known": "We do not know the cause yet; we are looking at equipment number {number}.",
        "next_update": "The next news stands here at {{{{ next_update }}}}.",
    },
}
_HEAD = """\
# Made up: case {seed} in {place}.
crisis: 1
id: case-{seed:04d}
version: {version}
title: Case {seed} in {place}
summary: Something stopped in {place}, number {number}.
languages:
  must: [pl, ro, en]
owner: Communications
reviewed: {{on: 2026-11-20, by: ann}}
roles:
  lead:
    title: Crisis lead
    duty: The call, the decisions and the closing of case {seed}
    deputy: press
  press:
    title: Press desk
    duty: The words for {place}
    deputy: lead
  it:
    title: IT operations
    duty: Watches equipment {number}
    deputy: press
facts:
  is_attack:
    ask: Are we under attack in {place}?
    type: yes_no
    confirmed_by: it
    use: confirmed
  people_reached:
    ask: How many people in {place} notice it?
    type: count
    unit: people
    longest: "{number}"
  next_update:
    ask: When do we speak next?
    type: time
    promise: true
    longest: "23:59"
elements:
  no_break_in:
    needs: {{is_attack: no}}
    if_unknown: leave_out
audiences:
  customers:
    who: Customers in {place}
    reached_by: [website, x, ivr]
  offline_customers:
    who: Customers in {place} without a phone of their own
    offline: true
    reached_by: [ivr]
  front_line:
    who: Call centre and branch {number}
    reached_by: [intranet]
    told_before_or_with: [customers]
phases:
  - id: first
    title: First fifteen minutes
    steps:
      - id: stop
        by: T+1m
        role: it
        do: Stop what makes it worse in {place}.
        answer: What equipment {number} shows
        skip: never
      - id: on-the-call
        by: T+4m
        call: [lead, press, it]
        target: call_open
      - id: know
        by: T+6m
        role: it
        ask: [is_attack, people_reached]
        why: Reassurance depends on it.
      - id: same-channel
        by: T+8m
        role: lead
        decide: Answer in the channel where it began?
        options:
          now: There, now
          no: Elsewhere
        weigh:
          for: ["People in {place} look there."]
          against: ["It may look like another fault."]
      - id: promise
        by: T+10m
        role: lead
        ask: [next_update]
      - id: speak
        by: T+12m
        role: press
        send: [brief, holding]
messages:
"""
_TAIL = """\
targets:
  call_open: 15m
  first_word: 15m
"""


def runbook(seed: int) -> str:
    """One runbook; the same seed gives the same text."""
    some = random.Random(seed)  # noqa: S311 - made-up words, no secret
    place, number = some.choice(_PLACES), some.randint(1_000, 999_999)
    head = _HEAD.format(seed=seed, place=place, version=some.randint(1, 40), number=number)
    brief = _message("brief", "front_line", {"page": 2}, some, place)
    return (
        head
        + brief
        + _message("holding", "customers, offline_customers", {"page": 4, "post": 3, "spoken": 4}, some, place)
        + _TAIL
    )


def _message(name: str, audiences: str, sources: dict[str, int], some: random.Random, place: str) -> str:
    to = "intranet" if name == "brief" else "website, x, ivr"
    lines = [f"  {name}:", f"    stage: {name}", f"    for: [{audiences}]", f"    to: [{to}]", "    text:"]
    for source, count in sources.items():
        lines.append(f"      {source}:")
        for language, sentences in _TEXTS.items():
            lines.append(f"        {language}:")
            picked = list(sentences.items())
            if count < len(picked):
                picked = [picked[0], *picked[len(picked) - count + 1 :]]
            for label, words in picked:
                what, number = some.choice(_SERVICES[language]), some.randint(100, 99_999)
                lines.append(f"          - {label}: {_quoted(words.format(what=what, place=place, number=number))}")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return f'"{words}"' if ": " in words else words


def write(folder: Path, count: int) -> int:
    """Writes that many runbooks into a folder; the number of lines of all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [runbook(seed) for seed in range(count)]
    for seed, text in enumerate(texts):
        (folder / f"case-{seed:04d}.yaml").write_text(text, encoding="utf-8")
    return sum(text.count("\n") for text in texts)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]), int(sys.argv[2])), "lines")
