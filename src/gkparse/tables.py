"""Reading a table: which printed row belongs to which row of the form, and which value to which cell.

A label in the same physical row as its values decides. Where labels and values stand in rows of
their own, the known order of the form pairs them between the rows that are certain. What is left
over is flagged, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

import attrs

from gkparse.alignment import Run, Slots, Spacing, Sums, align, numbers_of, values
from gkparse.columns import gridded
from gkparse.folding import fold
from gkparse.form import Block, Form, Row, Table, join
from gkparse.labels import assemble
from gkparse.pieces import Piece
from gkparse.printed import UNREADABLE
from gkparse.rows import Row as PhysicalRow
from gkparse.vocabulary import Word

__all__ = ["Finding", "RowReading", "TableReading", "read_table"]

# Digits with little else, which is neither a number nor a piece of a label.
_DIGITS = re.compile(r"(?!\d{1,2}\\?[.、．]\W*\Z)[\W_]*\d[\d\W_]*[㐀-鿿]{0,2}[\W_]*")


@attrs.frozen
class Finding:
    """A finding before it has a message: its code, rows or cells below the table, and place."""

    code: str
    start: int
    end: int
    rows: tuple[int, ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()


@attrs.define(eq=False)
class Label:
    """A row's label that was met, and whether it may be the head of a group instead.

    `ahead` counts the pieces of a broken label that are still to come.
    """

    row: int
    piece: Piece
    weak: bool = False
    ahead: int = 0
    gap: int = 0  # empty lines behind it
    bound: bool = False
    blank: Run | None = None


@attrs.frozen
class RowReading:
    """What was read of a row: a piece or None for each column, and where it stands."""

    slots: Slots
    label: Piece | None
    aligned: bool


@attrs.frozen
class TableReading:
    """What was read of a table: its rows by index, and what was met on the way."""

    rows: dict[int, RowReading]
    findings: list[Finding]
    spacing: Spacing | None = None  # what empty lines mean, if whole rows tell


@attrs.frozen
class _Shape:
    """A table of the form, its rows flattened."""

    table: Table
    rows: tuple[tuple[Block, Row], ...]
    widths: tuple[int, ...]
    columns: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    totals: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

    def sums(self, met: Container[int]) -> Sums:
        """The sums over the rows that were met; one that misses a row says nothing."""
        totals = []
        for parts, whole in self.totals:
            needed = {row for row in (*parts, *whole) if not self.rows[row][1].optional}
            present = tuple(row for row in parts if row in met)
            missing = [row for row in needed if row not in met]
            if not any(self._stands_for(row, missing) for row in present) and missing:
                continue
            totals.append((present, whole))
        return Sums(self.columns, tuple(totals))

    def _stands_for(self, row: int, missing: Sequence[int]) -> bool:
        """Whether one row is printed instead of all the missing ones."""
        name = self.rows[row][1].name
        return self.rows[row][1].optional and all(
            self.rows[other][1].name.rpartition(".")[0] == name.rpartition(".")[0]
            for other in missing
        )


@cache
def shape(form: Form, table: Table) -> _Shape:
    """The rows of a table in official order, and its sums by index."""
    flat = tuple((block, row) for block in table.blocks for row in block.rows)
    block = flat[0][0]
    rows = {join(table.name, row.name): at for at, (_, row) in enumerate(flat)}
    columns, totals = [], []
    for total in (total for total in form.sums if total.table == table.name):
        within = {join(table.name, flat[0][1].name, c.name): i for i, c in enumerate(block.columns)}
        if set(total.parts + total.whole) <= set(within):
            columns.append((
                tuple(within[path] for path in total.parts),
                tuple(within[path] for path in total.whole),
            ))
        stems = [
            [path.removesuffix("." + block.columns[0].name) for path in paths]
            for paths in (total.parts, total.whole)
        ]
        if all(stem in rows for side in stems for stem in side):
            totals.append((tuple(rows[s] for s in stems[0]), tuple(rows[s] for s in stems[1])))
    widths = tuple(len(block.columns) for block, _ in flat)
    return _Shape(table, flat, widths, tuple(columns), tuple(totals))


def read_table(
    form: Form,
    table: Table,
    physical: Sequence[PhysicalRow],
    view: str = "",
    spacing: Spacing | None = None,
) -> TableReading:
    """Read the physical rows of one table."""
    return _Reader(form, shape(form, table), view, spacing).read(physical)


def _joined(runs: Sequence[Run]) -> Run:
    """Runs of one physical row as one."""
    pieces = [piece for run in runs for piece in run.pieces]
    return attrs.evolve(runs[0], pieces=pieces)


def _unnumbered(physical: Sequence[PhysicalRow]) -> Sequence[PhysicalRow]:
    """The rows without the numbers that data-frame tools print before each row and column."""
    kept = [row for row in physical if not _counts(row.pieces)]
    first = [(at, row.pieces[0].value) for at, row in enumerate(kept) if len(row.pieces) > 1]
    numbered = {at: seen.value for at, seen in first if seen and isinstance(seen.value, int)}
    if len(numbered) < 3 or any(
        b != a + 1 for a, b in pairwise(numbered.values())
    ):
        return kept
    return [
        PhysicalRow(row.start, row.end, row.pieces[1:]) if at in numbered else row
        for at, row in enumerate(kept)
    ]


def _alone(physical: Sequence[PhysicalRow]) -> Sequence[PhysicalRow]:
    """The rows of a table whose every cell has a row of its own, without blanks around the cells.

    A row of blanks alone counts as an empty line, as it is not known to be a cell.
    """
    full = [[piece for piece in row.pieces if not piece.blank] for row in physical]
    if max(map(len, full), default=0) > 2 or not any(
        len(pieces) == 1 and pieces[0].value for pieces in full
    ) or any(len(p) == 2 and any(x.value for x in p) for p in full):
        return physical
    kept: list[PhysicalRow] = []
    gap = 0
    for row, pieces in zip(physical, full, strict=True):
        gap += row.gap
        if pieces:
            kept.append(PhysicalRow(pieces[0].start, row.end, tuple(pieces), gap, after=row.after))
            gap = 0
        else:
            gap += 1
            if kept:
                kept[-1].after = gap + row.after
    return kept


def _counts(pieces: Sequence[Piece]) -> bool:
    """Whether a row counts columns: 0, 1, 2 and so on."""
    printed = [piece.value.value for piece in pieces if piece.value and not piece.blank]
    return len(printed) >= 4 and len(printed) >= len(pieces) - 1 and printed == [*range(len(printed))]


class _Reader:
    def __init__(
        self, form: Form, shape: _Shape, view: str, spacing: Spacing | None
    ) -> None:
        self.form = form
        self.view = view
        self.spacing = spacing
        self.shape = shape
        self.name = shape.table.name
        self.findings: list[Finding] = []
        self.bound: dict[int, list[tuple[Run, Piece | None]]] = {}
        # A float is a certain place in the form, None a word that is no row's label.
        self.events: list[Label | Run | float | None] = []
        self.values_first = False
        self.unsure = False
        self.body = False
        self.heads: dict[int, int] = {}  # column: where its head stands in the header's row
        self.anchor: int | None = None  # where the first of all heads stands, if they share a row
        self.broken: dict[int, Label] = {}  # by the identity of each piece of a broken label
        self.open: Label | None = None
        self.empty: dict[int, Label] = {}  # labels without a value

    def read(self, physical: Sequence[PhysicalRow]) -> TableReading:
        physical = _alone(_unnumbered(physical))
        if self.shape.columns and any(self._lacks(row) for row in physical):
            physical = gridded(self.view, physical) or physical
        if any(not (piece.word or piece.value) for row in physical for piece in row.pieces):
            self._assemble(physical)
        for row in physical:
            self._take(row)
        self._pair()
        return TableReading(self._place(), self.findings, self.spacing)

    def _lacks(self, row: PhysicalRow) -> bool:
        """Whether a line without tabs or bars prints fewer values than its row has columns."""
        if row.grid:
            return False
        printed = sum(bool(piece.value) for piece in row.pieces)
        labels = [entry for piece in row.pieces if piece.word
                  if (entry := piece.word.entry("row", self.name))]
        return len(labels) == 1 and 0 < printed < self.shape.widths[labels[0].index]

    def _assemble(self, physical: Sequence[PhysicalRow]) -> None:
        pieces = [piece for row in physical for piece in row.pieces]
        for found in assemble(self.form, self.name, pieces):
            label = Label(found.row, found.pieces[0], ahead=len(found.pieces))
            self.broken.update((id(piece), label) for piece in found.pieces)

    def _take(self, physical: PhysicalRow) -> None:
        """Bind what a physical row decides by itself; keep the rest as events."""
        heads = [
            at for at, piece in enumerate(physical.pieces)
            if piece.word and piece.word.entry("column", self.name)
        ]
        if len(heads) == self._width() and len(heads) > 1 and heads[-1] - heads[0] == len(heads) - 1:
            self.anchor = heads[0]
        found: list[Label | Run] = []
        run: Run | None = None
        for at, piece in enumerate(physical.pieces):
            if piece.value:
                if run is None:
                    run = Run(
                        [], loose=len(physical.pieces) == 1, grid=physical.grid,
                        gaps=[physical.gap], after=physical.after,
                    )
                    found.append(run)
                run.pieces.append(piece)
                continue
            label = self.broken.get(id(piece))
            if label:
                label.ahead -= 1
                label.gap = physical.after
                self.open, self.body = label, True
            elif piece.word:
                label = self._label(piece, piece.word, at, physical.after)
            if label:
                found.append(label)
                run = Run([], label_at=at, grid=physical.grid, inferred=physical.inferred)
                found.append(run)
            elif run is not None and run.label_at >= 0 and _DIGITS.fullmatch(piece.text):
                run.pieces.append(attrs.evolve(piece, value=UNREADABLE))
            else:
                run = None
                if piece.word:
                    self._event(None)
        labels = [item for item in found if isinstance(item, Label)]
        strong = [label for label in labels if not label.weak]
        runs = [item for item in found if isinstance(item, Run) and item.pieces]
        full = [run for run in runs if len(run.pieces) >= self._width()]
        if strong or not full:
            labels = strong
        if len({label.row for label in labels}) == 1:
            labels = labels[-1:]  # a merged cell, its text once for each cell that it covers
        full = [run for run in runs if labels and len(run.pieces) >= self.shape.widths[labels[0].row]]
        if len(labels) == 1 and runs and len(full) <= 1:
            self._bind_own(labels[0], found, runs)
            return
        if not labels and len(runs) == 1 and self.open and self.open.ahead and runs[0].printed:
            self._bind_between(self.open, runs[0])
            return
        after_values = [p for p in physical.pieces if p.word and runs and p.start > runs[-1].pieces[0].start]
        if not labels and after_values and physical.grid:
            self._stray(runs, after_values[0].text)
            return
        for item in found:
            if isinstance(item, Run):
                if item.printed:
                    self._event(item)
            elif not item.ahead and not item.bound:
                self._event(item)

    def _label(self, piece: Piece, word: Word, at: int, gap: int) -> Label | None:
        """The row that a word is the label of, as far as its place in the table tells."""
        row = word.entry("row", self.name)
        column = word.entry("column", self.name)
        if caption := word.entry("caption", self.name):
            first = next(i for i, (b, _) in enumerate(self.shape.rows)
                         if b is self.shape.table.blocks[caption.block])
            self._event(first - 0.5)
        if column and not row:
            self.body = False
        elif row and not column:
            self.body = True
        if column and not (row and (self.body or word.ordinal)):
            self.heads.setdefault(column.index, at)
            return None
        if row is None or (column and word.ordinal not in (0, self._ordinal(row.index))):
            return None
        return Label(row.index, piece, gap=gap, weak=self.shape.rows[row.index][1].optional)

    def _ordinal(self, row: int) -> int:
        """The number that the form prints before a row's label."""
        return fold(self.shape.rows[row][1].label).ordinal

    def _bind_own(self, label: Label, found: Sequence[Label | Run], runs: list[Run]) -> None:
        """Bind the one label of a physical row to the values behind it, or else before it."""
        at = found.index(label)
        after = [item for item in found[at:] if isinstance(item, Run) and item.pieces]
        before = [item for item in found[:at] if isinstance(item, Run) and item.printed]
        if any(run.printed for run in after):
            own = _joined(after)
        elif after and not before:
            label.blank = _joined(after)  # unless its values turn up in a row of their own
            self._event(label)
            return
        elif before:
            own, before = before[-1], before[:-1]
        elif label.ahead or label.bound:
            return
        else:
            self._event(label)
            return
        self._stray(before, label.piece.text)
        self._bind(label, own)

    def _stray(self, runs: Iterable[Run], label: str) -> None:
        """Say that values left of a label are not read."""
        for run in runs:
            if run.printed:
                printed = " ".join(piece.text for piece in run.printed)
                self._find("GK204", run.pieces[0].start, run.pieces[-1].end,
                           printed=printed, label=label)

    def _bind_between(self, label: Label, run: Run) -> None:
        """Bind values that stand between the lines of their label."""
        if label.bound and run.loose:
            last = self.bound[label.row][-1][0]
            last.pieces.extend(run.pieces)
        else:
            self._bind(label, run)

    def _bind(self, label: Label, run: Run) -> None:
        label.bound = True
        self.bound.setdefault(label.row, []).append((run, label.piece))
        self.events.append(float(label.row))

    def _event(self, item: Label | Run | float | None) -> None:
        """Keep what no physical row has bound; runs of loose values run on."""
        last = self.events[-1] if self.events else None
        if isinstance(item, Run) and isinstance(last, Run) and item.loose and last.loose:
            last.pieces.extend(item.pieces)
            last.gaps.extend(item.gaps)
            last.after = item.after
        elif isinstance(item, Run) and self._goes_on(item, last):
            pass
        elif item is not None or last is not None:
            self.events.append(item)

    def _goes_on(self, run: Run, last: Label | Run | float | None) -> bool:
        """Whether a run goes on with the one before it, both without a label and not whole."""
        if isinstance(last, Run) and len(last.pieces) + len(run.pieces) <= self._width():
            last.pieces.extend(run.pieces)
            return True
        return False

    def _mend(self) -> None:
        """Add to a row that is not whole the values that follow it, if then it adds up."""
        for before, after in pairwise(list(self.events)):
            if isinstance(before, float) and before in self.bound and isinstance(after, Run):
                run, _ = self.bound[int(before)][-1]
                whole = run.pieces + after.pieces
                width = self.shape.widths[int(before)]
                sums = self.shape.sums(())
                if len(run.pieces) < width == len(whole) and sums.hold(numbers_of(tuple(whole))) is not False:
                    run.pieces = whole
                    self.events.remove(after)

    def _part(self) -> None:
        """Part a run of loose values that is as long as several rows."""
        parted: list[Label | Run | float | None] = []
        width = self._width()
        for item in self.events:
            if isinstance(item, Run) and item.loose and not len(item.pieces) % width:
                for at in range(0, len(item.pieces), width):
                    parted.append(Run(item.pieces[at : at + width], loose=True))
            else:
                parted.append(item)
        self.events = parted

    def _width(self) -> int:
        return max(self.shape.widths)

    # ------------------------------------------------------------ labels and runs that came apart

    def _pair(self) -> None:
        """Pair unbound labels and runs, between each two places of the form that are certain."""
        if len(self.shape.rows) == 1:
            self._pair_single()
            return
        self._mend()
        self._settle_weak()
        if len(set(self.shape.widths)) == 1:
            self._part()
        if not any(isinstance(item, Label | Run) for item in self.events):
            return
        self._orient()
        known = {
            item.row: item
            for item in self.events
            if isinstance(item, Label) and item.row not in self.bound
        }
        low = -1.0
        items: list[Label | Run] = []
        for item in (*self.events, float("inf")):
            if isinstance(item, float):
                self._pair_gap(low, items, item, known)
                low, items = item, []
            elif item is not None:
                items.append(item)
        for label in known.values():
            if label.blank:
                self.bound[label.row] = [(label.blank, label.piece)]
            else:
                self.empty[label.row] = label

    def _pair_gap(
        self, low: float, items: list[Label | Run], high: float, known: dict[int, Label]
    ) -> None:
        """Pair what stands between two certain places: by order if the counts agree, else by side."""
        runs = [item for item in items if isinstance(item, Run)]
        between = [known[row] for row in sorted(known) if low < row < high]
        ahead = items[::-1] if self.values_first else items
        pairs = [
            (one, two) for one, two in pairwise(ahead)
            if isinstance(one, Label) and isinstance(two, Run)
        ]
        whole = all(len(run.pieces) == self._width() for run in runs)
        sure = not self.unsure and len(pairs) == len(runs)
        sure = sure and (
            2 * len(runs) == len(items) or all(len(run.pieces) <= self._width() for run in runs)
        )
        if not sure and len(runs) == len(between) and (whole or len(runs) == 1):
            pairs, sure = list(zip(between, runs, strict=True)), True
        for label, run in pairs:
            run.aligned = True
            self.bound.setdefault(label.row, []).append((run, label.piece))
            known.pop(label.row, None)
            if not sure:
                self._find("GK214", label.piece.start, run.pieces[-1].end, rows=(label.row,))
        self._unclaimed(run for run in runs if all(run is not own for _, own in pairs))

    def _orient(self) -> None:
        """Find on which side of its label a row's values stand, where rows came apart.

        The ends of the table tell, and the heads of groups, which never part a label from its
        own values. Where they disagree, nothing is certain.
        """
        votes = Counter[bool]()
        placed = [item for item in self.events if isinstance(item, Label | Run)]
        votes[isinstance(placed[0], Run)] += 1
        votes[isinstance(placed[-1], Label)] += 1
        for before, mark, after in zip(self.events, self.events[1:], self.events[2:], strict=False):
            if mark is None and isinstance(before, Label) and isinstance(after, Run):
                votes[True] += 1
            if mark is None and isinstance(before, Run) and isinstance(after, Label):
                votes[False] += 1
        self.values_first = votes[True] > votes[False]
        self.unsure = min(votes[True], votes[False]) > 0

    def _settle_weak(self) -> None:
        """A label that may head a group is a row's where its values follow at once."""
        self.events = [
            None if isinstance(item, Label) and item.weak and not isinstance(following, Run)
            else item
            for item, following in zip(self.events, [*self.events[1:], None], strict=False)
        ]

    def _unclaimed(self, runs: Iterable[Run]) -> None:
        for run in runs:
            if any(isinstance(value, int | Decimal) for value in values(run.pieces)):
                printed = " ".join(piece.text for piece in run.printed)[:80]
                self._find("GK205", run.pieces[0].start, run.pieces[-1].end, printed=printed)

    def _pair_single(self) -> None:
        """The values of a table that has one row and no label for it."""
        runs = [item for item in self.events if isinstance(item, Run)]
        width = self.shape.widths[0]
        whole = [run for run in runs if sum(not p.blank for p in run.pieces) == width]
        if len(whole) > 1 and len({values(tuple(run.pieces)) for run in whole}) == 1:
            whole = whole[:1]
        if len(whole) == 1:
            chosen = whole
        elif sum(len(run.pieces) for run in runs) == width:
            chosen = [Run([piece for run in runs for piece in run.pieces])] if runs else []
        else:
            chosen = runs if len(runs) == 1 else []
        for run in chosen:
            self.bound.setdefault(0, []).append((run, None))
        used = {id(piece) for run in chosen for piece in run.pieces}
        self._unclaimed(run for run in runs if id(run.pieces[0]) not in used)

    # ------------------------------------------------------------ from runs to columns

    def _place(self) -> dict[int, RowReading]:
        widths = self.shape.widths
        met = {row: entry for row in sorted(self.bound) if (entry := self._only(row))}
        runs = {row: run for row, (run, _) in met.items()}
        self.spacing = Spacing.learn(runs, widths) or self.spacing
        spacing = self.spacing or Spacing.guess(runs, widths)
        for row, label in self.empty.items():
            cells = spacing.empty(label.gap, label.piece.end, widths[row])
            if cells and widths[row] > 1:
                met[row] = Run(cells), label.piece
                runs[row] = met[row][0]
        answers = align(runs, widths, self.shape.sums(met), spacing, self._heads())
        placed: dict[int, RowReading] = {}
        for row, (run, label) in met.items():
            answer = answers.get(row)
            printed = run.printed or run.pieces
            if answer is None or answer.by_sums or not answer.sure:
                self._find(
                    "GK206" if answer and answer.sure else "GK202",
                    printed[0].start, printed[-1].end, rows=(row,),
                    found=str(len(run.printed)), width=str(widths[row]),
                )
            if answer:
                placed[row] = RowReading(answer.slots, label, run.aligned or answer.by_sums)
        return placed

    def _only(self, row: int) -> tuple[Run, Piece | None] | None:
        """The run of a row; where a row was met again it must say the same."""
        met = [entry for entry in self.bound[row] if entry[0].printed] or self.bound[row][:1]
        said = {values(run.printed) for run, _ in met}
        if len(said) > 1:
            first, last = met[0][0].pieces[0], met[-1][0].pieces[-1]
            self._find("GK203", first.start, last.end, rows=(row,))
            return None
        return met[0]

    def _heads(self) -> tuple[int, ...] | None:
        """Where each column stands among the cells of a row, as the heads tell."""
        width = self._width()
        if self.anchor is not None:
            return tuple(range(self.anchor, self.anchor + width))
        places = tuple(self.heads[column] for column in sorted(self.heads))
        if len(places) == width and all(a < b for a, b in pairwise(places)):
            return places
        first, last = self.heads.get(0), self.heads.get(width - 1)
        if first is not None and last is not None and last - first == width - 1:
            return tuple(range(first, last + 1))
        return None

    def _find(self, code: str, start: int, end: int, *, rows: tuple[int, ...] = (),
              **arguments: str) -> None:
        self.findings.append(Finding(code, start, end, rows, tuple(arguments.items())))
