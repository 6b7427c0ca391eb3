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
        "what": "Nie działa {what}, oddział {place}, zgłoszenie {number}.",
        "say": "Mów, że wiemy o tym i że szukamy przyczyny; numer zgłoszenia to {number}.",
        "never": "Nigdy nie proś dzwoniącego o kod ani o numer karty, także w sprawie {number}.",
        "empathy": "Przepraszamy: {what} w oddziale {place} nie działa od rana.",
        "known": "Wiemy, że sprawa {number} dotyczy też innych miejsc w okolicy.",
        "not_known": "Nie znamy jeszcze przyczyny; sprawdzamy urządzenie numer {number}.",
        "no_break_in": "Nikt nie włamał się do naszych systemów w oddziale {place}.",
        "next_update": "Następna informacja będzie tutaj o {{{{ next_update }}}}.",
        "verify": "Każde nasze słowo o oddziale {place} znajdziesz na naszej stronie i przez telefon.",
    },
    "ro": {
        "what": "Nu funcționează {what}, sucursala {place}, sesizarea {number}.",
        "say": "Spune că știm și că verificăm cauza; numărul sesizării este {number}.",
        "never": "Nu cere niciodată un cod sau numărul cardului, nici pentru sesizarea {number}.",
        "empathy": "Ne cerem scuze: {what} din {place} nu funcționează de azi-dimineață.",
        "known": "Știm că situația {number} privește și alte locuri din apropiere.",
        "not_known": "Nu știm încă de ce; verificăm echipamentul cu numărul {number}.",
        "no_break_in": "Nimeni nu a intrat în sistemele noastre din {place}.",
        "next_update": "Următoarea informație apare aici la {{{{ next_update }}}}.",
        "verify": "Găsești tot ce spunem despre {place} pe site-ul nostru și la telefon.",
    },
    "en": {
        "what": "Broken: {what}, branch {place}, report {number}.",
        "say": "Say that we know of it and are looking for the cause; the report is number {number}.",
        "never": "Never ask a caller for a code or a card number, about report {number} neither.",
        "empathy": "We are sorry that {what} in {place} has not worked since this morning.",
        "known": "We know that case {number} touches other places nearby as well.",
        "not_known": "We do not know the cause yet; we are looking at equipment number {number}.",
        "no_break_in": "Nobody broke into our systems in {place}.",
        "next_update": "The next news stands here at {{{{ next_update }}}}.",
        "verify": "You find every word of ours about {place} on our website and by phone.",
    },
}
_SAID = {
    "page": ("empathy", "known", "not_known", "no_break_in", "next_update", "verify"),
    "post": ("empathy", "not_known", "next_update", "verify"),
    "spoken": ("empathy", "not_known", "next_update", "verify"),
}
"""What the holding text says in each family of channels, by label."""
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
rehearsed: {{on: 2026-11-21, by: ann}}
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
  branches:
    title: Branch desk
    duty: Tells the branches around {place}, and brings back what people ask
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
  seen_since:
    ask: Since when does {place} notice it?
    type: time
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
        call: [lead, press, it, branches]
        target: call_open
      - id: know
        by: T+6m
        role: it
        ask: [is_attack, people_reached, seen_since]
        why: Reassurance depends on it.
      - id: look
        by: T+7m
        role: branches
        do: Call the branch in {place} and ask what people see there.
        say: What stands still, and what do you tell people now?
        answer: What the branch sees
        why: Nobody else in {place} has looked with their own eyes.
      - id: same-channel
        by: T+8m
        role: lead
        decide: Answer in the channel where it began?
        why: Case {number} began in {place}, and people look there first.
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
        why: Whoever knows when we speak again calls less often.
      - id: speak
        by: T+12m
        role: press
        send: [brief, holding]
        why: The front line of {place} hears it no later than the customers.
messages:
"""
_TAIL = """\
follow_ups:
  - id: take-down
    at: T+3d
    role: press
    do: Take the banner and the hotline prompt down; case {seed} is over.
    why: Old words that still stand there are read as new ones.
targets:
  call_open: 15m
  first_word: 15m
"""


def runbook(seed: int) -> str:
    """One runbook; the same seed gives the same text."""
    some = random.Random(seed)  # noqa: S311 - made-up words, no secret
    place, number = some.choice(_PLACES), some.randint(1_000, 999_999)
    head = _HEAD.format(seed=seed, place=place, version=some.randint(1, 40), number=number)
    brief = _message("brief", "front_line", {"page": ("what", "say", "never", "next_update")}, some, place)
    return (
        head + brief + _message("holding", "customers, offline_customers", _SAID, some, place) + _TAIL.format(seed=seed)
    )


def _message(name: str, audiences: str, sources: dict[str, tuple[str, ...]], some: random.Random, place: str) -> str:
    to = "intranet" if name == "brief" else "website, x, ivr"
    lines = [f"  {name}:", f"    stage: {name}", f"    for: [{audiences}]", f"    to: [{to}]", "    text:"]
    for source, labels in sources.items():
        lines.append(f"      {source}:")
        for language, sentences in _TEXTS.items():
            lines.append(f"        {language}:")
            for label in labels:
                what, number = some.choice(_SERVICES[language]), some.randint(100, 99_999)
                words = sentences[label].format(what=what, place=place, number=number)
                lines.append(f"          - {label}: {_quoted(words)}")
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
