"""The rules that reading a file already applied: here they have their names, codes and examples."""

from __future__ import annotations

from collections.abc import Iterator

from crisiscli.problem import Problem
from crisiscli.rules.base import Book, Rule
from crisiscli.source.findings import CODES as READ


class Found(Rule):
    """Base of the rules whose Problems the loader brings along."""

    def check(self, book: Book) -> Iterator[Problem]:
        yield from (problem for problem in book.loaded.problems if problem.rule == self.NAME)


class YamlSyntax(Found):
    """The file is not YAML from some place on.

    Bad:
    ```yaml
    owner: @communications
    ```
    Good:
    ```yaml
    owner: "@communications"
    ```
    """

    NAME = "yaml-syntax"
    CODE = READ[NAME]


class NotUtf8(Found):
    """The file is not saved as UTF-8. An example cannot be shown: this page is UTF-8.

    Good:
    ```yaml
    owner: Łączność
    ```
    """

    NAME = "not-utf8"
    CODE = READ[NAME]


class DuplicateKey(Found):
    """A key stands twice in one block.

    Bad:
    ```yaml
    owner: Communications
    owner: Press desk
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "duplicate-key"
    CODE = READ[NAME]


class YamlFeature(Found):
    """Anchors, aliases, merge keys, tags and second documents are not part of the format.

    Bad:
    ```yaml
    owner: &us Communications
    ```
    Good:
    ```yaml
    owner: "&us Communications"
    ```
    """

    NAME = "yaml-feature"
    CODE = READ[NAME]


class HiddenCharacter(Found):
    """A character that cannot be seen, or that turns the reading direction around.

    Bad:
    ```yaml
    owner: "Communi\\u202Ecations"
    ```
    Good:
    ```yaml
    owner: "Communications"
    ```
    """

    NAME = "hidden-character"
    CODE = READ[NAME]


class FileLimit(Found):
    """Too large, too many values, or nested too deep.

    Bad:
    ```yaml
    owner: [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "file-limit"
    CODE = READ[NAME]


class NotAMapping(Found):
    """The file is empty, or holds something other than `key: value` lines.

    Bad:
    ```yaml
    - Stop the sending
    ```
    Good:
    ```yaml
    owner: Communications
    ```
    """

    NAME = "not-a-mapping"
    CODE = READ[NAME]


READING: tuple[Rule, ...] = (
    YamlSyntax(), NotUtf8(), DuplicateKey(), YamlFeature(), HiddenCharacter(), FileLimit(), NotAMapping(),
)  # fmt: skip
