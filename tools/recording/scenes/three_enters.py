"""ENTER pressed three times in a row, at the question before sending and at the last one: nothing goes out."""

from __future__ import annotations

import re

from journeys import CODE, Company
from recording.camera import Camera
from recording.scene import Scene

THREE_ENTERS_AT_ONCE = "\r\r\r"


def bind_and_approve(company: Company) -> None:
    """A website that the program itself could send to, and a yes to every text."""
    website = {"provider": "webhook", "url": "https://cms.acme.example/banner", "secret": "env:HOOK"}
    company.configure({"website": website})
    company.open("erroneous-mass-message", "--at", "03:02", "--fact=next_update=03:50")
    company.approve("holding")


def play(camera: Camera) -> None:
    camera.types("crisis send holding", "holding: what now\\?")
    camera.press(THREE_ENTERS_AT_ONCE, "Several keys arrived at once, so none was used")
    # after a burst only the hint is drawn anew, so the option is looked for on the whole screen
    letter = re.findall(r"\[(\S)\] go to sending", camera.text)[-1]
    camera.press(letter, "Our own people first\\?")
    camera.pick("go public now", "Why")
    camera.types("they are on the call", f"Type {CODE}")
    camera.press(THREE_ENTERS_AT_ONCE, "went back", "holding: what now\\?")
    camera.press("ctrl-c", "Nothing was sent by leaving")


THREE_ENTERS = Scene(
    name="three-enters",
    title="Three quick ENTERs send nothing",
    about="Every text is approved. ENTER three times in a row chooses nothing, and at the code name it goes back.",
    before=bind_and_approve,
    play=play,
    ends_on="Nothing was sent by leaving",
)
