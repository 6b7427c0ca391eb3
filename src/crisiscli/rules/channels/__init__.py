"""Rules about what a channel can carry."""

from __future__ import annotations

from crisiscli.rules.base import Rule
from crisiscli.rules.channels.alt_text import AltText
from crisiscli.rules.channels.link_in_short import LinkInShort
from crisiscli.rules.channels.link_not_https import LinkNotHttps
from crisiscli.rules.channels.link_shortener import LinkShortener
from crisiscli.rules.channels.long_to_read_out import LongToReadOut
from crisiscli.rules.channels.no_longest import NoLongest
from crisiscli.rules.channels.reply_route import ReplyRoute
from crisiscli.rules.channels.sms_unicode import SmsUnicode
from crisiscli.rules.channels.subject_length import SubjectLength
from crisiscli.rules.channels.title_missing import TitleMissing
from crisiscli.rules.channels.too_long import TooLong
from crisiscli.rules.channels.unreadable_aloud import UnreadableAloud

RULES: tuple[Rule, ...] = (
    TooLong(),
    SmsUnicode(),
    TitleMissing(),
    SubjectLength(),
    LinkInShort(),
    LinkNotHttps(),
    LinkShortener(),
    ReplyRoute(),
    UnreadableAloud(),
    AltText(),
    NoLongest(),
    LongToReadOut(),
)
