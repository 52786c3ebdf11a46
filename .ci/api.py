"""Holds the promised names against those of the last tag: `python .ci/api.py`, which needs griffe.

What breaks a user's code must be named under `### Breaking` in the changelog, above the section of the
tagged version. Which modules are promised, docs/compatibility.md says.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[1]
# As in docs/compatibility.md, beside what `gkparse.__all__` has.
MODULES = (
    "arrow", "audit", "codes", "dataset", "dictionary", "divisions", "notebook", "registry", "testing",
)


def last_tag() -> str | None:
    """The last tag before what is checked out, None where there is none."""
    command = ["git", "describe", "--tags", "--abbrev=0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    return done.stdout.strip() or None


def promised(package: griffe.Object | griffe.Alias) -> Iterator[tuple[str, str]]:
    """Where each promised name is defined, and by what path users know it."""
    for holder in (package, *(package[name] for name in MODULES if name in package.members)):
        for name in map(str, holder.exports or ()):
            path = f"{holder.path}.{name}"
            yield path, path
            if name in holder.members:
                yield holder[name].canonical_path, path


def broken(tag: str) -> Iterator[tuple[str, str]]:
    """What a user of the promised names has to change: the path of each, and what of it."""
    old = griffe.load_git("gkparse", ref=tag, repo=ROOT, search_paths=["src"])
    new = griffe.load("gkparse", search_paths=[ROOT / "src"])
    known = dict(promised(old))
    for breakage in griffe.find_breaking_changes(old, new):
        path = breakage.obj.path
        for defined, name in known.items():
            if f"{path}.".startswith(f"{defined}."):
                yield name + path[len(defined) :], breakage.explain(griffe.ExplanationStyle.ONE_LINE)
    for name in set(MODULES) & old.members.keys() - new.members.keys():
        yield f"gkparse.{name}", f"gkparse.{name}: the module was removed"


def named_as_breaking(tag: str) -> str:
    """What the changelog lists under Breaking since a tag."""
    news = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition(f"\n## [{tag.lstrip('v')}]")[0]
    return "\n".join(part.partition("\n##")[0] for part in news.split("\n### Breaking\n")[1:])


def main() -> int:
    """The exit status; what breaks is printed."""
    tag = last_tag()
    if tag is None:
        print("no tag yet: there is no version to be compatible with")
        return 0
    named = named_as_breaking(tag)
    found = {said for path, said in broken(tag) if f"`{path}`" not in named}
    print(*sorted(found), sep="\n", end="\n" * bool(found))
    print(f"{len(found)} breaking changes since {tag} that the changelog does not name as Breaking")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
