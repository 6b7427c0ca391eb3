"""From home to the first approved public words, handed over."""

from __future__ import annotations

from journeys import CODE, Company
from recording.camera import Camera
from recording.scene import Scene


def name_a_desk(company: Company) -> None:
    """A person who puts texts on the website; every other channel is handed to whoever sits there."""
    desk = {"who": "Web desk", "through": "the editor of the site", "takes": "5m", "proof": "link"}
    company.configure({"website": desk})


def play(camera: Camera) -> None:
    camera.types("crisis", "No incident is open")
    camera.types(f"crisis start erroneous-mass-message --code-name {CODE}", "When did the first wrong message leave\\?")
    camera.types("3 min ago", "(?:What is done already\\?|What now\\?)")
    if "What is done already" in camera.new:
        camera.press("enter", "What now\\?")
    camera.pick("overview", "Go to which step\\?")
    camera.types("first", "Speak", "What now\\?")
    camera.pick("see the words", "When do we speak next\\?")
    camera.types("in 45 min", "Is this what we know\\?")
    camera.pick("go on", "holding: what now\\?")
    camera.pick("approve", "How is the yes given\\?")
    camera.pick("myself", "holding: what now\\?")
    camera.pick("go to sending", "Our own people first\\?")
    camera.pick("go public now", "Why does the public hear first\\?")
    camera.types("they are on the call", "Hand over what goes by hand\\?")
    camera.pick("hand (?:it )?over now", "is it out\\?")
    camera.pick("it is out: note", "Proof")
    camera.types("https://acme.example/notice", "Hand over what goes by hand\\?")
    camera.press("ctrl-c", "saved")
    camera.types("crisis status | head -12", "Said in public: 1")


FIRST_WORD = Scene(
    name="first-word",
    title="crisis start: the first approved words",
    about="A wrong push went out three minutes ago. Her words are approved and the first text is handed over.",
    before=name_a_desk,
    play=play,
    ends_on="Said in public: 1",
)
