"""docs/editors.md: what `crisis new` writes, and how editors, git and the server use it."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import date
from pathlib import Path

from crisiscli.authoring import WRITERS, Setup
from crisiscli.loader.shipped import shipped

SCENARIO = "erroneous-mass-message"
PAGE = """\
# Writing runbooks: editors, git, the server
<<made>>

`crisis new FOLDER` sets a folder up. It asks what it needs to know; every answer has a flag, and with
`--no-input` it asks nothing. A file that is there already stays as it is, so it can be run again: then it
adds what is missing. In a crisis folder, `crisis new --from full-outage` adds that runbook,
`crisis new --blank --title "Our shop is closed"` an empty one with a holding text.

| file | for |
|---|---|
<<files>>

`people.yaml` holds made-up people until you put yours in; git ignores it. The copy of a scenario begins at
`version: 1`, and `reviewed:` is the day it was copied: read it, mend it, then sign it yourself.
`--ci gitlab` writes `.gitlab-ci.yml` instead, `--ci none` nothing. In a folder inside a git repository, the
two checks go to the top of the repository, where alone they are read.

## Editors

Three JSON Schemas (draft-07) lie in `schemas/`. With them an editor completes keys and values, explains them
and marks slips while you type. `crisis lint` sees far more: run it before you commit. After an update of the
program: `crisis schema runbook > schemas/runbook.schema.json`, and so for `crisis` and `people`.

Every file begins with the line that says which schema is meant:

```yaml
<<modeline>>
```

- **VS Code**: open the folder and take the extension it recommends (YAML, by Red Hat). The formatter is off on
  purpose: it folds sentences anew, and then every line shows as changed.
- **JetBrains**: open the folder. `.idea/jsonSchemas.xml` says which schema belongs to which file.
- **Neovim**: `yaml-language-server` from npm reads the first line of each file. In `init.lua`, with
  nvim-lspconfig:

```lua
vim.lsp.config("yamlls", {
  settings = { yaml = { format = { enable = false }, schemaStore = { enable = false, url = "" } } },
})
vim.lsp.enable("yamlls")
```

## See the texts while you write

`crisis preview full-outage --watch` beside the editor draws every text as its channel shows it, the languages
side by side, and again at every save: the part of a post that is too long, each SMS part, the second at which
a sentence of a recording begins. A file with a mistake never empties the page; it says the line instead.

| key | |
|---|---|
| `e`, `E` | the next text that is too long or not written, the one before |
| `/` | find words; then `n` and `N` |
| `Tab`, `Shift-Tab` | the next text, the one before |
| `l` | every fact at its longest value, and back |
| `?` | all keys |
| `q` | leave |

`--message holding,status --channel x,sms --lang pl` shows only these. `crisis preview full-outage --diff HEAD`
shows which texts read otherwise since a git revision, word by word, also when the file was renamed since.

## Before each commit

`pip install pre-commit`, then once per clone `pre-commit install`. This file uses the `crisis` that is
installed:

```yaml
<<hook>>
```

Or let pre-commit install the version you name: `repo:` is the address of this project, `id: crisis-lint`.
It looks at YAML files below a folder `runbooks`; `files:` changes that.

## On the server

```yaml
<<server>>
```
"""


def editors_page(made: str) -> str:
    """The page; `made` is its second line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        wanted = {os.path.relpath(one.path, folder): one for writer in WRITERS for one in writer(_setup(folder))}
    parts = {
        "made": made,
        "files": "\n".join(f"| `{path}` | {one.about} |" for path, one in wanted.items()),
        "modeline": wanted[f"runbooks/{SCENARIO}.yaml"].text.partition("\n")[0],
        "hook": wanted[".pre-commit-config.yaml"].text.rstrip(),
        "server": wanted[".github/workflows/crisis.yml"].text.rstrip(),
    }
    return re.sub(r"<<(\w+)>>", lambda found: parts[found[1]], PAGE)


def _setup(folder: Path) -> Setup:
    """A company in a folder of its own, on a fixed day: the page must not change by itself."""
    return Setup(
        folder=folder,
        runbooks=folder / "runbooks",
        root=folder,
        source=shipped("runbooks") / f"{SCENARIO}.yaml",
        id=SCENARIO,
        title="",
        languages=("pl", "en"),
        speaks=("pl", "en"),
        company="Acme",
        person="Ann",
        today=date(2026, 11, 20),
        zone="Europe/Warsaw",
        people=folder / "people.yaml",
        version="VERSION",
    )
