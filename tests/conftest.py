"""Fixtures of the journeys: a company's folder, and real servers as processes of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys import Company
from servers import Server

MAIL_RULES = {
    "bad@example.com": ["rcpt", "550 5.1.1 no such user"],
    "busy@example.com": ["rcpt", "451 4.7.1 try again later"],
}


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lint keeps what it found in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRISIS_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A company that has bound nothing: every text is handed to a person."""
    folder = tmp_path / "company"
    folder.mkdir()
    return Company(folder)


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Server]:
    """A mail server that knows good@, refuses bad@ for good and busy@ for now."""
    with Server("smtp_server.py", tmp_path / "mail", "--rules", json.dumps(MAIL_RULES)) as server:
        yield server


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Server]:
    """A receiver of webhooks; the path says how it behaves."""
    with Server("http_server.py", tmp_path / "web") as server:
        yield server
