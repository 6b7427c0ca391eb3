"""What each key of `crisis.yaml` and `people.yaml` means: the words of the manual and of the schemas for editors."""

from __future__ import annotations

COMPANY = {
    "company": "`name`, `verify_route` (where a customer can check that it is really us) and `tone` by language.",
    "languages": "The languages the company speaks in.",
    "timezone": "The clock on the wall, as `Europe/Warsaw`; the machine's without it.",
    "four_eyes": "`true`: nobody approves words of their own. Mass sends need two people in any case.",
    "mass_send": "Above how many recipients a send counts as mass; `forbidden`: none leaves from this machine.",
    "channels": "Who carries which channel. A channel that is not named goes by hand.",
    "recipients": "By audience and channel, the CSV file of people to reach.",
    "people": "The file with names, numbers, roles and hours; keep it out of version control.",
    "me": "Who is at the keyboard: a name, or one from `people`.",
    "store": "`sqlite`.",
    "runbooks": "One folder of runbooks, or several; `runbooks` beside the file without it.",
    "templates": "The folder of layouts; `templates` beside the file without it.",
    "lint": "`profile` (`draft`, `ready` or `strict`) and `fail_on` (`error`, `warning`, `note` or `never`).",
    "region": "The country whose phone numbers may be written without `+`, as `PL`.",
}
"""By key of `crisis.yaml`."""

HAND = {
    "provider": "Who carries it; `manual` without it.",
    "who": "Who is asked when a person carries it.",
    "through": "How that person is reached, or which tool they use.",
    "takes": "How long it takes, as `20m`, or `day` and `night` apart.",
    "proof": "What is asked for when they say it is done.",
    "open": "A link to the place where the words go, opened on request and never in a drill.",
    "place": "Where on that page the words go.",
    "fallback": "Channels to offer when this one is down.",
    "prerecorded": "Prompts recorded already: a list of `message`, `language`, `prompt` and the exact `words`.",
}
"""By key that every channel may have."""

PERSON = {
    "name": "How they are called on the phone.",
    "phone": "The number to call, with `+`.",
    "email": "Their address.",
    "roles": "The roles this person may hold. The first person of the file that holds a role is called first.",
    "hours": "When they are on: `24/7`, `Mon-Fri 08:00-18:00, Sat 09:00-13:00` or `22:00-06:00`; always without it.",
}
"""By key of a person in `people.yaml`."""
