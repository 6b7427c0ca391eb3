"""A runbook as it was meant: misspelt names read as the ones they stand for, so that one mistake is told once."""

from __future__ import annotations

import dataclasses

from crisiscli import shape
from crisiscli.rules.base import Spelling
from crisiscli.rules.book import Book
from crisiscli.runbook import Runbook
from crisiscli.source.respelt import renamed, replaced, respelt


def as_meant(book: Book, spellings: list[Spelling]) -> Book:
    """The book with every misspelt name set right; what stands where in the file stays. The same book for none."""
    if not spellings:
        return book
    plan = book.loaded.plan
    keys = {}
    for place, word, meant, key in spellings:
        if key:
            keys[place] = meant
        else:
            plan = replaced(plan, place, meant, word)
    plan = renamed(plan, keys)
    runbook = shape.build(Runbook, plan)
    document = respelt(book.document, keys)
    return Book(runbook, dataclasses.replace(book.loaded, runbook=runbook, plan=plan, document=document), book.around)
