"""The atheris harness: what holds of any input, asked of very many.

    PYTHONPATH=src python fuzz/fuzz.py CORPUS... [OPTION...]

An input is a letter that names its target, and what that is asked of: `t`, a text (parse, parse_all, detect, check,
storing); `p`, the seed of a damaged page whose numbers are known (parse); `f`, a file (read); `d`, a stored report
(from_dict). `python fuzz/seeds.py` makes a corpus of some of them, or of all.

`--blind`: nothing is instrumented. Several times as many inputs a second, each a few changes away from one of the
corpus, without the search for those that reach new code.
`--found=FOLDER`: the smallest input of each kind of failure is written there, and the run goes on.
`--count=FILE`: how many inputs there have been is written there now and then.
All other options are libFuzzer's: `-runs=1000000`, `-max_total_time=600`, `-max_len=700`. See fuzz/README.md.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import atheris
import attrs

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

# They are programs, or need what the harness does not.
_APART = ("__init__", "__main__", "arrow", "cli", "dictionary", "divisions", "notebook", "testing", "terminal")
_BLIND = "--blind" in sys.argv

with nullcontext() if _BLIND else atheris.instrument_imports(include=["gkparse"]):
    import gkparse
    from gkparse.limits import Limits

    # The modules load on first use, which is too late to be instrumented.
    for _file in sorted(Path(gkparse.__file__).parent.glob("*.py")):
        if _file.stem not in _APART:
            import_module(f"gkparse.{_file.stem}")
    for _file in sorted((Path(gkparse.__file__).parent / "readers").glob("[a-z]*.py")):
        import_module(f"gkparse.readers.{_file.stem}")

from damaged_pages import hold_for_page
from invariants import hold_for_dict, hold_for_file, hold_for_report, hold_for_text
from mutator import crossed, crossed_bytes, mutated_file, mutated_stored, mutated_text

_MOST_SECONDS = 2.0
# Of so many reports that are alike, what is made of them is asked, too: it takes longer than to read them.
_MOST_ALIKE = 20
_LIMITS = Limits(
    file_bytes=1 << 20, unpacked_bytes=1 << 22, elements=100_000, characters=200_000, cells=20_000, pages=20, seconds=5
)


# ---------------------------------------------------------------- targets


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def ask_text(data: bytes) -> gkparse.Report | None:
    """The text that some bytes are in UTF-8, read."""
    return hold_for_text(_text(data))


def change_text(data: bytes, chance: random.Random) -> bytes:
    """A text after a few changes."""
    return _bytes(mutated_text(_text(data), chance))


def cross_text(one: bytes, two: bytes, chance: random.Random) -> bytes:
    """Lines of two texts."""
    return _bytes(crossed(_text(one), _text(two), chance))


def ask_file(data: bytes) -> gkparse.Report | None:
    """Some bytes, read as a file within narrow limits."""
    return hold_for_file(data, _LIMITS)


def change_file(data: bytes, chance: random.Random) -> bytes:
    """A file after a change."""
    return mutated_file(data, chance, lambda part: atheris.Mutate(part, len(part) + 64))


def ask_dict(data: bytes) -> gkparse.Report | None:
    """What some JSON says, read as a stored report."""
    try:
        stored = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return hold_for_dict(stored)


def change_dict(data: bytes, chance: random.Random) -> bytes:
    """A stored report after a few changes."""
    try:
        stored = json.loads(data)
    except (ValueError, RecursionError):
        return data[: len(data) // 2]
    return _bytes(json.dumps(mutated_stored(stored, chance), ensure_ascii=False))


def change_seed(_: bytes, chance: random.Random) -> bytes:
    """Another seed."""
    return b"%d" % chance.randrange(1 << 62)


@attrs.frozen
class Target:
    """What is asked of an input, how it is changed, and how often it is drawn among all targets."""

    name: str
    ask: Callable[[bytes], gkparse.Report | None]
    change: Callable[[bytes, random.Random], bytes]
    cross: Callable[[bytes, bytes, random.Random], bytes] = crossed_bytes
    weight: int = 10


TARGETS = {
    b"t": Target("text", ask_text, change_text, cross_text, weight=40),
    b"f": Target("file", ask_file, change_file, weight=25),
    b"d": Target("dict", ask_dict, change_dict, weight=34),
    b"p": Target("page", hold_for_page, change_seed, weight=1),
}


# ---------------------------------------------------------------- the harness


@attrs.define
class Harness:
    """Asks its target of each input, counts, and keeps the smallest input of each kind of failure.

    Without a folder for what is found, the first failure is raised, and libFuzzer keeps the input.
    """

    corpus: dict[bytes, list[bytes]]
    found: Path | None = None
    count: Path | None = None
    began: float = attrs.field(factory=time.monotonic)
    inputs: Counter[str] = attrs.field(factory=Counter)
    kinds: Counter[object] = attrs.field(factory=Counter)
    smallest: dict[str, int] = attrs.field(factory=dict)

    def __call__(self, data: bytes) -> None:
        target = TARGETS.get(data[:1])
        if target is None:
            return
        self.inputs[target.name] += 1
        start = time.process_time()  # a busy machine is no fault of the input
        try:
            if (report := target.ask(data[1:])) is not None and self._is_new(report):
                hold_for_report(report)
            if (taken := time.process_time() - start) > _MOST_SECONDS:
                raise TimeoutError(f"{taken:.1f} seconds for {len(data)} bytes")
        except Exception as error:
            if self.found is None:
                raise
            self._keep(target, data, error)
        if self.count and self.inputs.total() % 1000 == 0:
            self.tell()

    def _is_new(self, report: gkparse.Report) -> bool:
        """Whether few reports like this one were met."""
        kind = report.form, frozenset(found.code for found in report.diagnostics)
        self.kinds[kind] += 1
        return self.kinds[kind] <= _MOST_ALIKE

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """An input after a few changes; of the corpus where libFuzzer sees nothing, and would keep but one input."""
        chance = random.Random(seed)
        if self.corpus and (_BLIND or data[:1] not in TARGETS):
            (tag,) = chance.choices(list(self.corpus), [TARGETS[each].weight for each in self.corpus])
            data = tag + chance.choice(self.corpus[tag])
            if chance.random() < 0.3:
                data = tag + TARGETS[tag].cross(data[1:], chance.choice(self.corpus[tag]), chance)
        if chance.random() < 0.05 or data[:1] not in TARGETS:
            return data[:1] + bytes(atheris.Mutate(data[1:], most - 1))
        return (data[:1] + TARGETS[data[:1]].change(data[1:], chance))[:most]

    def crossover(self, one: bytes, two: bytes, most: int, seed: int) -> bytes:
        """Parts of two inputs of one target."""
        target = TARGETS.get(one[:1])
        if target is None or one[:1] != two[:1]:
            return self.mutate(one, most, seed)
        return (one[:1] + target.cross(one[1:], two[1:], random.Random(seed)))[:most]

    def _keep(self, target: Target, data: bytes, error: Exception) -> None:
        """Write an input down that is the smallest with its kind of failure."""
        assert self.found is not None
        step = error.__traceback__
        while step is not None and step.tb_next is not None:
            step = step.tb_next
        place = f"{step.tb_frame.f_code.co_name}-{step.tb_lineno}" if step else ""
        kind = f"{target.name}-{type(error).__name__}-{place}"
        if self.smallest.get(kind, len(data) + 1) > len(data):
            self.smallest[kind] = len(data)
            (self.found / f"{kind}.input").write_bytes(data)
            (self.found / f"{kind}.error").write_text(f"{error!r}\n", encoding="utf-8", errors="replace")

    def tell(self) -> None:
        """Write down how many inputs there have been, of which targets, and what failed."""
        assert self.count is not None
        told = {
            "inputs": self.inputs.total(), "seconds": round(time.monotonic() - self.began), "blind": _BLIND,
            "by_target": dict(self.inputs), "failures": sorted(self.smallest),
        }
        self.count.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def laid(folders: Sequence[Path]) -> dict[bytes, list[bytes]]:
    """The inputs of a corpus, by the letter of their target."""
    corpus: dict[bytes, list[bytes]] = {}
    for path in (path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())):
        data = path.read_bytes()
        if data[:1] in TARGETS:
            corpus.setdefault(data[:1], []).append(data[1:])
    return corpus


def main(arguments: list[str]) -> None:
    """Run until libFuzzer ends it."""
    own = dict(each[2:].partition("=")[::2] for each in arguments if each.startswith("--"))
    folders = [Path(each) for each in arguments if not each.startswith("-")]
    harness = Harness(
        laid(folders),
        found=Path(own["found"]) if "found" in own else None,
        count=Path(own["count"]) if "count" in own else None,
    )
    if harness.found:
        harness.found.mkdir(parents=True, exist_ok=True)
    options = [each for each in arguments if not each.startswith("--")]
    # libFuzzer starts its first argument anew for -merge and -minimize_crash.
    program = " ".join((sys.executable, __file__, *(each for each in arguments if each.startswith("--"))))
    atheris.Setup(
        [program, *options], harness, custom_mutator=harness.mutate, custom_crossover=harness.crossover
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
