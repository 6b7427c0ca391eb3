"""Readings of the outside: judged, counted and numbers; exports of listening tools; trends; conditions on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crisiscli import loader
from crisiscli.conditions import Verdict, evaluate
from crisiscli.errors import FilesUnusable
from crisiscli.incident.signals import judge, trend
from crisiscli.incident.world import IncidentWorld
from crisiscli.listening import Export, read_export, windows
from journeys import CODE, Company
from scene import RUNBOOK, Scene

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KIND = {"signal": "mood", "said_by": "social", "is": "mostly_kind", "readings": 2}
ENOUGH = {"signal": "sentiment", "positive_or_neutral": 60, "n": 100}


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, RUNBOOK)


def said(scene: Scene, condition: dict[str, Any]) -> Verdict:
    return judge(condition, scene.incident, scene.clock.now())


def test_judged_readings_of_a_role(scene: Scene) -> None:
    assert said(scene, KIND) == (None, ("mood: 0 of 2 readings by social",))
    scene.read("mood", "mostly_kind", role="social")
    scene.read("mood", "mostly_kind", role="lead")
    assert said(scene, KIND) == (None, ("mood: 1 of 2 readings by social",))
    scene.at(20)
    scene.read("mood", "mostly_kind", role="social")
    assert said(scene, KIND) == Verdict(True)
    scene.at(30)
    scene.read("mood", "hostile", role="social")
    assert said(scene, KIND) == (False, ("mood: hostile at T+30:00; it must be mostly_kind",))
    scene.at(40)
    scene.read("mood", "mostly_kind", role="social")
    assert said(scene, KIND).value is False, "two in a row are wanted"


def test_one_bad_reading_is_an_answer_even_before_there_are_enough(scene: Scene) -> None:
    scene.read("mood", "mixed", role="social")
    assert said(scene, KIND).value is False


def test_the_holder_of_the_role_needs_not_name_it(scene: Scene) -> None:
    scene.journal.give("social", "Jan")
    for _ in range(2):
        scene.read("mood", "mostly_kind", by="Ann")
    assert said(scene, KIND).value is None
    for _ in range(2):
        scene.read("mood", "mostly_kind", by="Jan")
    assert said(scene, KIND).value is True


def test_the_order_is_that_of_the_looking_not_of_the_typing(scene: Scene) -> None:
    scene.at(30)
    for _ in range(2):
        scene.read("mood", "mostly_kind", role="social")
    scene.at(5)
    scene.read("mood", "hostile", role="social")
    scene.at(40)
    assert said(scene, KIND).value is True


def test_counted_readings(scene: Scene) -> None:
    assert said(scene, ENOUGH) == (None, ("sentiment: 0 of 1 reading of at least 100 items",))
    scene.read("sentiment", (10, 10, 0))
    assert said(scene, ENOUGH).value is None, "twenty items say nothing"
    scene.read("sentiment", (29, 30, 41))
    expected = "sentiment: 59 % positive or neutral of 100 at T+00:00; 60 % is needed"
    assert said(scene, ENOUGH) == (False, (expected,))
    scene.read("sentiment", (30, 30, 40))
    assert said(scene, ENOUGH).value is True
    assert said(scene, {**ENOUGH, "readings": 2}).value is False
    assert said(scene, {"signal": "sentiment", "positive": 31}).value is False
    assert said(scene, {"signal": "sentiment", "negative": 40}).value is True
    scene.read("sentiment", (599, 0, 401))
    assert said(scene, ENOUGH).value is False, "59.9 is not 60"


def test_negative_must_not_rise(scene: Scene) -> None:
    wanted = {**ENOUGH, "negative_rising": "no"}
    scene.read("sentiment", (70, 0, 30))
    verdict = said(scene, wanted)
    assert verdict == (None, ("sentiment: 1 of 2 readings of at least 100 items, to see whether negative rises",))
    scene.read("sentiment", (138, 0, 62))
    assert said(scene, wanted) == (False, ("sentiment: negative went from 30 % to 31 %; it must not rise",))
    scene.read("sentiment", (69, 0, 31))
    assert said(scene, wanted).value is True, "the same share does not rise"
    assert said(scene, {**ENOUGH, "negative_rising": True}).value is False


def test_numbers_and_how_long_they_held(scene: Scene) -> None:
    wanted = {"signal": "login_success", "at_least": 95}
    scene.read("login_success", 80)
    assert said(scene, wanted) == (False, ("login_success: 80 % at T+00:00; at least 95 is needed",))
    scene.at(10)
    scene.read("login_success", 97)
    assert said(scene, wanted).value is True
    held = {**wanted, "for": "30m"}
    scene.at(35)
    scene.read("login_success", "95.5")
    assert said(scene, held) == (None, ("login_success: seen to hold for 25:00, 30m is needed",))
    scene.at(40)
    scene.read("login_success", 96)
    assert said(scene, held).value is True
    assert said(scene, {"signal": "login_success", "at_most": 95}).value is False


def test_old_readings_do_not_count_when_fresh_ones_are_wanted(scene: Scene) -> None:
    scene.read("mood", "mostly_kind")
    wanted = {"signal": "mood", "is": "mostly_kind", "within": "30m"}
    scene.at(30)
    assert said(scene, wanted).value is True
    scene.at(31)
    assert said(scene, wanted) == (None, ("mood: 0 of 1 reading in the last 30m",))
    verdict = evaluate([{"not": wanted}], IncidentWorld(scene.incident, scene.clock.now()))
    assert verdict == (None, ("mood: 0 of 1 reading in the last 30m",))


def test_a_reading_of_another_kind_does_not_answer(scene: Scene) -> None:
    scene.read("mood", 3)
    assert said(scene, {"signal": "mood", "is": "mostly_kind"}).value is None
    assert said(scene, {"signal": "mood", "at_least": 3}).value is True
    assert said(scene, {"signal": "mood"}).value is True


def test_trends(scene: Scene) -> None:
    assert trend(scene.incident) == []
    for minutes, mood, mentions in ((5, "hostile", 1000), (15, "mixed", 1010), (25, "mostly_kind", 12_000)):
        scene.at(minutes)
        scene.read("mood", mood)
        scene.read("mentions", mentions)
        scene.read("sentiment", (minutes, 40, 60 - minutes))
    mood, mentions, sentiment = trend(scene.incident)
    assert mood.told(WARSAW) == "mood: mostly_kind 03:25 (rising), before: mixed 03:15, hostile 03:05"
    assert mentions.told(WARSAW) == "mentions: 12 000 03:25 (rising), before: 1 010 03:15, 1 000 03:05"
    expected = "sentiment: 65 % positive or neutral of 100 03:25 (rising), before: 55 % 03:15, 45 % 03:05"
    assert sentiment.told(WARSAW) == expected
    assert sentiment.data()["readings"][-1]["parts"] == {"positive": 25, "neutral": 40, "negative": 35}
    scene.at(30)
    scene.read("mood", "mixed")
    scene.read("mentions", 12_100)
    assert [found.arrow for found in trend(scene.incident)] == ["falling", "steady", "rising"]


def condition_problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "runbook.yaml"
    path.write_text(RUNBOOK.replace("{signal: mood, said_by: social, is: mostly_kind, readings: 2}", text), "utf-8")
    return [problem.what for problem in loader.load(path).problems if problem.rule == "condition-shape"]


@pytest.mark.parametrize(
    "good",
    [
        "{signal: sentiment, positive_or_neutral: 60, n: 100, readings: 2, negative_rising: no, within: 30m}",
        '{signal: login_success, at_least: 95, for: 30m, at_most: "120"}',
        "{signal: mood, is_not: hostile}",
    ],
)
def test_what_may_stand_beside_a_signal(tmp_path: Path, good: str) -> None:
    assert condition_problems(tmp_path, good) == []


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ("{signal: mood, is: kind}", "A reading is never 'kind'."),
        ("{signal: mood, reading: 2}", "`reading` has no meaning beside `signal`."),
        ("{signal: mood, readings: two}", "`readings` of a signal is a count."),
        ("{signal: mood, within: 30}", "`within` takes a duration."),
        ("{signal: sentiment, negative_rising: maybe}", "`negative_rising` takes yes or no."),
    ],
)
def test_what_may_not(tmp_path: Path, bad: str, what: str) -> None:
    assert condition_problems(tmp_path, bad) == [what]


Write = Callable[..., Export]


@pytest.fixture
def export(tmp_path: Path) -> Write:
    def write(text: str | bytes, encoding: str = "utf-8") -> Export:
        path = tmp_path / "export.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_export(path, WARSAW)

    return write


BRANDWATCH = """\
Report:,Bulk Mentions Download,,,
Brand:,Acme,,,
From:,Sat Nov 21 00:00:00 UTC 2026,,,

Query Id,Query Name,Date,"Full Text",Sentiment
1,Acme,2026-11-22 02:40:00.0,"A ""strange"" push",negative
1,Acme,2026-11-22 02:50:00.0,"two
lines, and a comma",neutral
1,Acme,2026-11-22 03:55:00.0,ok,positive
1,Acme,2026-11-22 03:56:00.0,ok,banana
1,Acme,2026-11-22 03:57:00.0,ok,
"""


def test_a_mention_a_row_below_a_preamble(export: Write) -> None:
    found = export(BRANDWATCH)
    assert (found.kind, len(found.rows), found.unrated) == ("rows", 3, 1)
    assert found.refused == ((10, "'banana' is no sentiment"),)
    assert found.lines == 5
    (window,) = windows(found, "sentiment", NOW)
    assert (window.n, window.parts) == (3, {"positive": 1, "neutral": 1, "negative": 1})
    assert window.at == datetime(2026, 11, 22, 2, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("encoding", "delimiter", "header", "words"),
    [
        ("utf-16", "\t", "Date\tTime\tHit Sentence\tSentiment", ("Positive", "Not Rated", "Negative")),
        ("utf-16-le", "\t", "Date\tTime\tHit Sentence\tSentiment", ("Positive", "Not Rated", "Negative")),
        ("utf-8-sig", ";", "Data;Godzina;Treść;Wydźwięk", ("pozytywny", "nieokreślony", "negatywny")),
        ("cp1250", ";", "Data;Godzina;Treść;Wydźwięk", ("pozytywny", "brak", "negatywny")),
        ("utf-8", ",", "Data,Ora,Text,Sentiment", ("Pozitivă", "necunoscut", "negativ")),
        ("utf-8", "|", "published|time|text|sentiment", ("5", "", "-3")),
    ],
)
def test_encodings_delimiters_and_three_languages(
    export: Write, encoding: str, delimiter: str, header: str, words: tuple[str, ...]
) -> None:
    rows = [delimiter.join(("22.11.2026", "03:15", "zażółć ęśąćż", word)) for word in words]
    found = export("\r\n".join([header, *rows, ""]), encoding)
    (window,) = windows(found, "sentiment", NOW)
    assert window.parts == {"positive": 1, "neutral": 0, "negative": 1}, found
    assert (found.unrated, found.refused) == (1, ())
    assert window.at == datetime(2026, 11, 22, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2026-11-22T02:15:00Z", "02:15"), ("2026-11-22T03:15:00.123+01:00", "02:15"), ("22-Nov-2026 03:15AM", "02:15"),
        ("22-Nov-26 03:15", "02:15"), ("22 lis 2026 03:15", "02:15"), ("22 noiembrie 2026, 03:15", "02:15"),
        ("Nov 22, 2026 3:15 AM", "02:15"), ("Sun, 22 Nov 2026 02:15:00 GMT", "02:15"), ("1795313700000", "02:15"),
        ("22/11/2026 03.15", "02:15"), ("11/22/2026 3:15 am", "02:15"), ("2026/11/22 03:15:20", "02:15"),
    ],
)  # fmt: skip
def test_dates_as_tools_write_them(export: Write, cell: str, wanted: str) -> None:
    found = export(f'Date;Sentiment\n"{cell}";positive\n')
    assert not found.refused
    assert [f"{row.at:%Y-%m-%d %H:%M}" for row in found.rows if row.at] == [f"2026-11-22 {wanted}"]


def test_a_date_that_can_be_read_both_ways(export: Write) -> None:
    doubtful = export("Date,Sentiment\n03/08/2026 10:00,positive\n")
    assert (doubtful.assumed, doubtful.rows[0].at) == ("day first", datetime(2026, 8, 3, 8, 0, tzinfo=UTC))
    told = export("Date,Sentiment\n03/08/2026 10:00,positive\n03/25/2026 10:00,positive\n")
    assert (told.assumed, told.rows[0].at) == ("", datetime(2026, 3, 8, 9, 0, tzinfo=UTC))
    assert export("Date,Sentiment\n03/08/2026 10:00 PM,positive\n").assumed == "month first"


def test_a_header_that_says_utc(export: Write) -> None:
    (row,) = export("Date (UTC),Sentiment\n2026-11-22 03:15,positive\n").rows
    assert row.at == datetime(2026, 11, 22, 3, 15, tzinfo=UTC)


def test_counts_by_the_hour_with_a_total_line(export: Write) -> None:
    found = export(
        "sep=;\nHour;Total mentions;Positive;Neutral mentions;Negative;Positive %\n"
        "2026-11-22 02:00;1 200;300;600;250;25,0\n2026-11-22 03:00;100,0;10;20;30;10\n"
        "2026-11-22 03:00;10;10;20;30;10\nTotal;1300;;;;\n"
    )
    assert found.kind == "counts"
    assert found.refused == ((5, "60 rated mentions are more than all 10"), (6, "'Total' is no date"))
    counted, mentions = windows(found, "sentiment", NOW)
    assert (counted.n, counted.parts) == (1210, {"positive": 310, "neutral": 620, "negative": 280})
    assert (mentions.signal, mentions.value) == ("mentions", 1300)
    assert [window.n for window in windows(found, "sentiment", NOW, timedelta(hours=1)) if window.n] == [1150, 60]


def test_reply_statistics(export: Write) -> None:
    found = export(
        "Date,Users' posts,Answered,Response time (min)\n"
        "2026-11-21,100,66,65\n2026-11-22,100,94,10\n2026-11-22,1,2,10\n"
    )
    assert found.names["questions"] == "Users' posts"
    assert found.refused == ((4, "2 answers are more than 1 questions"),)
    values = {window.signal: window.value for window in windows(found, "sentiment", NOW)}
    assert values == {"replies_answered": 80, "reply_time": 600}
    shares = export("Data;Wskaźnik odpowiedzi;Czas odpowiedzi\n21.11.2026;66,4%;1h 5m\n22.11.2026;80,9%;00:10:00\n")
    values = {window.signal: window.value for window in windows(shares, "sentiment", NOW)}
    assert values == {"replies_answered": 80, "reply_time": 600}
    bare = export("Date,Response time\n2026-11-22,10\n")
    assert "has no unit" in bare.refused[0][1]


def test_a_broken_line_costs_itself_only(export: Write) -> None:
    found = export(
        'Date;Text;Sentiment\n2026-11-22 02:00;"never closed;negative\n2026-11-22 02:01;ok;positive\n'
        "2026-11-22 02:02;one;field;too many\n2026-11-22 02:03\n\n2026-13-99 02:04;ok;positive\n"
        '2026-11-22 02:05;"a "loose" quote";positive\n2026-11-22 02:06;ok;72\n2026-11-22 02:07;ok;neutral\n'
    )
    assert [line for line, _ in found.refused] == [2, 4, 5, 7, 8, 9]
    assert [row.line for row in found.rows] == [3, 10]
    assert found.lines == 8


def test_broken_bytes_do_not_lose_an_export(export: Write) -> None:
    text = "Date;Text;Sentiment\n" + "2026-11-22 02:00;zażółć gęślą;negative\n" * 3
    found = export(text.encode("utf-8") + b"2026-11-22 02:01;\xf0\x9f bad emoji;negative\n")
    assert (found.encoding, len(found.rows)) == ("utf-8", 4)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "There is nothing in it."),
        (b"PK\x03\x04 a workbook", "This is an Excel workbook, not a CSV file."),
        (b"name,phone\nAnn,1\n", "No line names the columns this program reads"),
        (bytes(range(256)) * 40, "No line names the columns this program reads"),
    ],
)
def test_files_that_are_no_export(export: Write, raw: bytes, what: str) -> None:
    with pytest.raises(FilesUnusable) as caught:
        export(raw)
    assert caught.value.what.startswith(what)


def test_an_export_without_dates_is_read_now(export: Write) -> None:
    found = export("Positive,Neutral,Negative\n30,60,30\n")
    (window,) = windows(found, "sentiment", NOW)
    assert (window.at, window.n) == (NOW, 120)
    with pytest.raises(ValueError, match="no date column"):
        windows(found, "sentiment", NOW, timedelta(minutes=15))


def test_days_without_times_end_at_midnight_or_now(export: Write) -> None:
    today = export("Date,Sentiment\n2026-11-21,positive\n2026-11-22,negative\n")
    assert windows(today, "sentiment", NOW)[0].at == NOW
    assert today.ahead(NOW) == 0
    old = export("Date,Sentiment\n2026-11-20,positive\n")
    assert windows(old, "sentiment", NOW)[0].at == datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


@pytest.fixture
def walked(company: Company) -> Company:
    company.env["CRISIS_CLOCK"] = "2026-11-22T04:00:00+01:00"
    company.open_small()
    return company


def readings(company: Company) -> list[dict[str, Any]]:
    shown = company.run("signal", "--json")
    assert shown.code == 0, shown.all
    return list(shown.data["signals"])


def test_the_command_records_and_shows(walked: Company) -> None:
    assert "Nothing was read yet." in walked.run("signal").out
    done = walked.run("signal", "mood=Mostly kind", "--by", "Jan, press", "--read", "three threads, 40 replies")
    assert (done.code, done.out) == (0, "mood: mostly_kind 04:00  [Jan, press]\n")
    done = walked.run("signal", "mood=hostile", "--by", "Jan, press", "--at", "10 min ago")
    assert "mood: mostly_kind 04:00 (rising), before: hostile 03:50" in done.out
    done = walked.run("signal", "mentions=11 800", "login_success=96,5%", "reply_time=1h 44m")
    assert "mentions: 11 800" in done.out
    assert "login_success: 96.5 %" in done.out
    assert "reply_time: 1:44:00" in done.out
    counted = ("--n", "120", "--positive", "30", "--neutral", "60", "--negative", "30", "--source", "Brand24")
    done = walked.run("signal", "sentiment", *counted)
    assert "sentiment: 75 % positive or neutral of 120 04:00  [Ann Nowak, Brand24]" in done.out
    mood = readings(walked)[0]
    assert [(r["value"], r["by"], r["role"]) for r in mood["readings"]] == [
        ("hostile", "Jan", "press"), ("mostly_kind", "Jan", "press"),
    ]  # fmt: skip
    assert mood["readings"][1]["read"] == "three threads, 40 replies"
    assert walked.run("verify").code == 0
    assert walked.run("report").code == 0
    (report,) = walked.folder.glob("*-report.md")
    assert "three threads, 40 replies" in report.read_text("utf-8")


REFUSED: list[tuple[list[str], int, str]] = [
    (["mood=angry"], 2, "'angry' is no reading of mood"),
    (["mood=3"], 2, "is no reading of mood"),
    (["Mood=mixed"], 2, "is no name of a signal"),
    (["sentiment=60"], 2, "sentiment is counted"),
    (["mentions"], 2, "mentions has no value"),
    (["mentions=12k"], 2, "'12k' is no number"),
    (["reply_time=10"], 2, "is not a duration"),
    (["replies_answered=101%"], 2, "more than all of them"),
    (["mood=mixed", "--role", "nobody"], 4, "There is no role nobody"),
    (["mood=mixed", "--at", "23:59 tomorrow"], 2, "is not a time"),
    (["sentiment", "--n", "120", "--positive", "30", "--neutral", "60"], 2, "30 + 60 + 0 is 90, and --n says 120"),
    (["sentiment", "--n", "0", "--positive", "0"], 2, "n is at least 1"),
    (["sentiment", "--positive", "30"], 2, "How many are what?"),
    (["mood=mixed", "--per", "15m"], 2, "are for an export"),
    (["--csv", "none.csv"], 3, "There is no such file."),
    (["--csv", "small.yaml"], 3, "No line names the columns"),
    (["--csv", "small.yaml", "mood=mixed"], 2, "An export brings its own numbers."),
    (["--csv", "small.yaml", "--zone", "Mars"], 2, "There is no time zone Mars."),
]


def test_what_cannot_be_read_is_refused_with_words(walked: Company) -> None:
    for words, code, what in REFUSED:
        done = walked.run("signal", *words)
        assert (done.code, done.out) == (code, ""), done.all
        assert what in done.err
    assert readings(walked) == []


def test_an_export_is_taken_in_once(walked: Company) -> None:
    walked.write("export.csv", BRANDWATCH)
    done = walked.run("signal", "--csv", "export.csv", "--source", "Brandwatch")
    assert "export.csv: 5 lines, 3 counted, 1 without a sentiment, 1 refused." in done.out, done.all
    assert "  line 10: 'banana' is no sentiment" in done.out
    assert "sentiment: 66 % positive or neutral of 3 03:55  [Ann Nowak, Brandwatch]" in done.out
    (walked.folder / "export.csv").rename(walked.folder / "again.csv")
    for more in ([], ["--per", "15m"]):
        again = walked.run("signal", "--csv", "again.csv", "--json", *more)
        assert again.code == 0, again.all
        assert again.data["import"]["readings"] == 0
        assert again.data["import"]["taken_before"] is not None
    assert len(readings(walked)[0]["readings"]) == 1


def test_an_export_in_stretches_of_time(walked: Company) -> None:
    rows = [f"2026-11-22 03:{minute:02},{'positive' if minute > 30 else 'negative'}" for minute in range(60)]
    walked.write("export.csv", "\n".join(["Date,Sentiment", *rows]))
    done = walked.run("signal", "--csv", "export.csv", "--per", "15m", "--since", "03:15", "--json")
    assert done.data["import"]["too_old"] == 15, done.all
    assert done.data["import"]["readings"] == 3
    (sentiment,) = readings(walked)
    assert [(r["n"], r["positive_or_neutral"]) for r in sentiment["readings"]] == [(15, 0), (15, 93), (15, 100)]
    assert sentiment["trend"] == "rising"


def test_an_import_that_was_cut_off_goes_on(walked: Company) -> None:
    from crisiscli.clock import open_clock
    from crisiscli.journal import Journal
    from crisiscli.stores import open_store
    from crisiscli.walk.readings import Seen, take

    rows = [f"2026-11-22 03:{minute:02},positive" for minute in range(60)]
    path = walked.write("export.csv", "\n".join(["Date,Sentiment", *rows]))
    journal = Journal(open_store(walked.state, "LIVE"), CODE, open_clock(walked.env["CRISIS_CLOCK"]), "")
    found = read_export(path, WARSAW)
    four = windows(found, "sentiment", NOW, timedelta(minutes=15))
    assert take(journal, found, four, Seen("", "", NOW)).written == 4
    kept = [event for event in journal.store.events(CODE) if event.kind == "signal_read"]
    assert [(event.data["part"], event.data["of"]) for event in kept] == [(1, 4), (2, 4), (3, 4), (4, 4)]
    other = found._replace(sha256="b" * 64)
    data = {**kept[0].data, "file": other.sha256, "part": 2}
    journal.store.append(CODE, journal.entry("signal_read")._replace(data=data))
    assert take(journal, other, four, Seen("", "", NOW)).written == 3


def test_times_in_the_future_ask_for_the_zone(walked: Company) -> None:
    walked.write("export.csv", "Date,Sentiment\n2026-11-22 04:30,positive\n")
    done = walked.run("signal", "--csv", "export.csv")
    assert done.code == 2
    assert "1 of its rows lie in the future" in done.err
    assert readings(walked) == []
    walked.write("utc.csv", "Date,Sentiment\n2026-11-22 02:30,positive\n")
    assert "03:30" in walked.run("signal", "--csv", "utc.csv", "--zone", "UTC").out


def test_an_export_none_of_whose_lines_counts(walked: Company) -> None:
    walked.write("export.csv", "Date,Sentiment\n2026-11-22 03:00,?\n2026-11-22 03:00,??\n")
    done = walked.run("signal", "--csv", "export.csv")
    assert done.code == 3
    assert "None of its 2 lines counts (line 2: '?' is no sentiment)." in done.err


def test_nothing_that_was_written_outside_reaches_the_screen_as_a_sequence(walked: Company) -> None:
    walked.write("export.csv", "Date,Sentiment\n2026-11-22 03:00,positive\n2026-11-22 03:00,\x1b[31mred\x1b]0;t\x07\n")
    done = walked.run("signal", "--csv", "export.csv", "--source", "[bold]x[/bold]", "--plain")
    assert done.code == 0
    assert "\x1b" not in done.all
    assert "[bold]x[/bold]" in done.out
    assert json.loads(walked.run("signal", "--json").out)["signals"][0]["readings"][0]["source"] == "[bold]x[/bold]"
