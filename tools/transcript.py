"""Walks the shipped runbook by hand in a real terminal, against real servers, and keeps what was seen.

`python tools/transcript.py` writes docs/walk/: the scrollback of the walk and of the end, the report the program wrote,
and what stands in the logs of the mail server, the webhook receiver and the outbox. The keys are those of
tests/test_journey_whole.py, so the walk cannot differ from what is tested.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import test_journey_whole as journey  # noqa: E402
from conftest import MAIL_RULES  # noqa: E402
from journeys import CODE, Company, Lead  # noqa: E402
from servers import Server  # noqa: E402

TARGET = ROOT / "docs" / "walk"


def scrollback(lead: Lead) -> list[str]:
    """Everything that scrolled by and what still stands on the screen, without trailing blanks."""
    screen = lead.screen
    gone = ["".join(row[column].data for column in range(screen.columns)) for row in screen.history.top]
    rows = [row.rstrip() for row in [*gone, *screen.display]]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def seated(company: Company, arguments: list[str], play: Callable[[Lead], None]) -> list[str]:
    """One sitting at the terminal, as a transcript that begins with what was typed."""
    with company.sit(*arguments) as lead:
        play(lead)
        lead.ends()
        return [f"$ crisis {' '.join(arguments)}", *scrollback(lead), ""]


def begin(lead: Lead) -> None:
    lead.sees("When did the first wrong message leave")
    lead.types("3 min ago")
    for part in (
        journey.stop_and_gather,
        journey.decide,
        journey.brief_the_front_line,
        journey.first_word,
        journey.explain,
    ):
        part(lead)
    lead.press("ctrl-c")


def arrived(company: Company, mail: Server, web: Server) -> list[str]:
    """What the servers wrote down themselves, and the files in the outbox."""
    lines = ["# What arrived", "", "From the servers' own logs and the outbox, not from the program's record.", ""]
    lines += ["## Mail server", ""]
    for asked in mail.heard("recipient"):
        lines.append(f"- asked for {asked['address']}")
    for one in mail.heard("accepted"):
        letter = email.message_from_bytes(base64.b64decode(one["content"]), policy=email.policy.default)
        lines += ["", f"Accepted for {letter['To']}, Message-ID {letter['Message-ID']}:", "", "```text"]
        lines += [f"Subject: {letter['Subject']}", "", *letter.get_content().rstrip("\n").splitlines(), "```", ""]
    lines += ["## Webhook receiver", ""]
    for request in web.heard("request"):
        body = json.loads(base64.b64decode(request["body"]))["data"]
        headers = {name.lower(): value for name, value in dict(request["headers"]).items()}
        lines += [f"- `{body['message']}/{body['channel']}/{body['language']}`, webhook-id `{headers['webhook-id']}`,"]
        lines += [f"  signed `{headers['webhook-signature'].partition(',')[0]},...`, sha256 `{body['sha256']}`"]
    lines += ["", "## Outbox", ""]
    for path in sorted((company.folder / "outbox" / CODE).glob("*.txt")):
        lines += [f"`{path.name}`:", "", "```text", *path.read_text(encoding="utf-8").splitlines(), "```", ""]
    return lines


def main() -> None:
    """Writes docs/walk/."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "acme").mkdir()
        company = Company(folder / "acme")
        with (
            Server("smtp_server.py", folder / "mail", "--rules", json.dumps(MAIL_RULES)) as mail,
            Server("http_server.py", folder / "web") as web,
        ):
            journey.settle_in(company, mail, web)
            start = ["start", "erroneous-mass-message", "--code-name", CODE]
            seen = seated(company, start, begin) + seated(company, ["end"], journey.finish)
            shown = company.run("status")
            seen += ["$ crisis status", *shown.out.splitlines()]
            company.run("report", "-o", "report.md")
            report = (company.folder / "report.md").read_text(encoding="utf-8").splitlines()
            pages = {"transcript.txt": seen, "report.md": report, "arrived.md": arrived(company, mail, web)}
        for page, lines in pages.items():
            text = "\n".join(lines).replace(str(company.folder), "~/acme").replace(re.escape(str(folder)), "~")
            (TARGET / page).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
