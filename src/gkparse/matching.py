"""Matching: which printed row belongs to which row of the form, and which value to which cell.

A label in the same physical row as its values decides. Where labels and values stand in rows of
their own, `pairing` finds what belongs together; which value stands in which column, `alignment`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from gkparse.alignment import align, rejoined
from gkparse.codes import CODES
from gkparse.columns import alone, gridded, misplaced, uncounted, unnumbered
from gkparse.disorder import (
    columns_in_disorder,
    heads_in_disorder,
    heads_of,
    strangers,
    total_leads,
)
from gkparse.folding import fold
from gkparse.form import Form
from gkparse.labels import assemble
from gkparse.pairing import Label, Pairing
from gkparse.physical import arranged
from gkparse.pieces import Piece, stretch
from gkparse.printed import REST, UNREADABLE
from gkparse.readings import (
    MOST_SOUGHT,
    MOST_UNCLAIMED,
    Finding,
    RowReading,
    TableReading,
    left_of,
    quoted,
)
from gkparse.rows import Row
from gkparse.runs import Run, nothing, numbers_of, values
from gkparse.shape import Shape
from gkparse.spacing import NO_SPACING, Distances, Spacing
from gkparse.vocabulary import LONGEST, Word, vocabulary
from gkparse.whole import ODD, blank_columns, said, stands_for_value

__all__ = ["match"]


def match(
    form: Form, shape: Shape, rows: Sequence[Row], view: str, before: TableReading | None
) -> TableReading:
    """What the physical rows of a table say, where more is to be found out than in a whole one."""
    found = _Matcher(form, shape, before).read(rows, view)
    for row in rows:
        row.forget()
    return found


class _Matcher:
    def __init__(self, form: Form, shape: Shape, before: TableReading | None) -> None:
        self.form = form
        self.shape = shape
        self.before = before.spacing if before else lambda: None
        self.name = shape.table.name
        self.pairing = Pairing(shape)
        self.ordinals = [fold(group.label).ordinal for group in shape.table.groups]
        self.findings: list[Finding] = []
        self.body = False  # whether the rows have begun, so that 其他 and 总计 are rows
        self.heads: dict[int, set[int]] = {}  # which columns a head may be of, by its place
        self.broken: dict[int, Label] = {}  # by the identity of each piece of a broken label
        self.sought = 0  # how many texts were compared with every label
        self.lines: Sequence[Row] = ()  # those whose columns were seen by where values stand in them
        self.view = ""
        self.end = sys.maxsize  # where the text ends, if it does with the table
        self.open: Label | None = None  # the broken label that was met last
        self.under = frozenset[int]()  # the blocks of the form that have the head that was met last, behind any label

    def read(self, rows: Sequence[Row], view: str) -> TableReading:
        self.view = view
        if rows and not view[rows[-1].end :].strip():
            self.end = rows[-1].pieces[-1].end
        rows = alone(unnumbered(rows))
        if all(row.exact for row in rows) and any(self._lacks(row) for row in rows) and any(map(_is_spaced, rows)):
            sums = self.shape.sums(())
            hidden = self.shape.columns and arranged(view, rows, self.pairing.width, sums)
            if not hidden and (found := gridded(view, rows, headed=not self.shape.columns)):
                self.lines, rows = rows, found
            rows = hidden or rows
        if any([not (piece.word or piece.value) for row in rows for piece in row.line.pieces]):  # noqa: C419 - faster
            self._assemble(rows)
        for row in rows:
            if self.broken or not self._own(row):
                self._take(row)
        self.pairing.pair()
        for label, run in self.pairing.unsure:
            self._find("GK214", (label.piece, run.pieces[-1]), rows=(label.row,))
        bare = len(self.shape.rows) == 1
        differ = heads_in_disorder if bare else columns_in_disorder
        disorder = differ(self.shape, rows) or any(said(row.line, self.shape).disorder for row in rows)
        placed = self._place()
        numbers = [numbers_of(reading.slots) for reading in placed.values()]
        heads = [] if bare else [head for row in rows for head in heads_of(row.line, self.shape)]
        if disorder or total_leads(self.shape, heads, numbers):
            for at, bound in self.pairing.bound.items():
                for run, _ in bound:
                    self._find("GK214", run.pieces, rows=(at,))
        doubted = {at for found in self.findings if CODES[found.code].severity != "info" for at in found.rows}
        for at, row in strangers(self.shape, rows, {at: own.slots for at, own in placed.items() if at not in doubted}):
            self._find("GK214", row.pieces, rows=(at,))
        self._cut(rows, placed)
        self._stranded(placed)
        self._belied(placed)
        self._strayed(placed)
        # Without sums nothing tells that a number on its own is no digit that a line end cut off.
        whole = bool(self.shape.columns) and self._whole(placed)
        for run in self.pairing.unclaimed[:MOST_UNCLAIMED]:
            if whole and run.loose and len(run.pieces) == 1:
                self._find("GK223", run.pieces, printed=quoted(run.printed))
                continue
            near = tuple(sorted(self.pairing.near.get(id(run), ())))
            self._find("GK205", run.pieces, rows=near, printed=quoted(run.printed))
        distances = self.distances
        return TableReading(placed, self.findings, lambda: distances.spacing)

    def _cut(self, rows: Sequence[Row], placed: Mapping[int, RowReading]) -> None:
        """Doubt rows whose last number may go on in the next line, which begins with a point or a comma."""
        ends = {slot.end: at for at, reading in placed.items() for slot in reading.slots if slot}
        for row, below in pairwise(rows):
            if len(below.pieces) == 1 and row.pieces and REST.fullmatch(below.pieces[0].text):
                last = row.pieces[-1]
                if (at := ends.get(last.end)) is not None:
                    self._find("GK214", (last, below.pieces[0]), rows=(at,))

    def _lacks(self, row: Row) -> bool:
        """Whether a line without tabs or bars prints fewer values than its row has columns."""
        if row.grid:
            return False
        if len(self.shape.rows) == 1:
            return 1 < len(row.pieces) < self.shape.widths[0] and all(p.value for p in row.pieces)
        labels = [
            entry
            for piece in row.pieces
            if piece.word and (entry := piece.word.entry("row", self.name))
        ]
        printed = sum(bool(piece.value) for piece in row.pieces)
        # The head of a group may stand before the label.
        return 0 < len(labels) < 3 and 0 < printed < self.shape.widths[labels[-1].index]

    def _assemble(self, rows: Sequence[Row]) -> None:
        pieces = [piece for row in rows for piece in row.pieces]
        for found in assemble(self.form, self.name, pieces):
            label = Label(found.row, found.pieces[0], ahead=len(found.pieces))
            self.broken.update((id(piece), label) for piece in found.pieces)

    # ------------------------------------------------------------ from pieces to labels and runs

    def _own(self, row: Row) -> bool:
        """Bind a label to what is printed behind it, where its line leaves nothing to find out."""
        says = said(row.line, self.shape)
        if says.own < 0:
            return False
        pieces, at = row.pieces, says.own
        self.body = True
        run = Run([*pieces[at + 1 :]], at, grid=row.line.grid, inferred=row.line.inferred)
        self.pairing.bind(Label(says.row, pieces[at]), run)
        return True

    def _take(self, row: Row) -> None:
        """Bind what a physical row decides by itself; keep the rest for pairing."""
        found = self._split(row)
        runs = [item for item in found if isinstance(item, Run) and item.pieces]
        labels = [item for item in found if isinstance(item, Label)]
        strong = [label for label in labels if not label.weak]
        if strong or all(len(run.pieces) < self.pairing.width for run in runs):
            labels = strong
        if len({label.row for label in labels}) == 1:
            # A merged cell, its text once for each cell that it covers.
            others = {*map(id, labels)} - {id(labels[-1])}
            found = [item for item in found if id(item) not in others]
            labels = labels[-1:]
        if len(labels) == 1 and self._bind_own(labels[0], found, runs):
            return
        if not labels and len(runs) == 1 and self.open and self.open.ahead and runs[0].printed:
            self.pairing.bind(self.open, runs[0])  # between the lines of its label
            return
        if not labels and row.grid and runs:
            behind = [p for p in row.pieces if p.word and p.start > runs[-1].pieces[-1].start]
            if behind:
                self._stray(runs, behind[0].text)
                return
        for item in found:
            if isinstance(item, Run):
                keep = bool(item.printed)
            else:
                keep = item is None or not (item.ahead or item.bound)
            if keep:
                self.pairing.meet(item)

    def _split(self, row: Row) -> list[Label | Run | None]:
        """The labels and runs of a physical row, in order; None for another word."""
        found: list[Label | Run | None] = []
        run: Run | None = None
        printed = False  # whether the run holds more than blanks
        pieces = row.pieces
        last = max([at for at, piece in enumerate(pieces) if piece.value], default=-1)
        # Beside the numbers of a row without a label, signs stand for others.
        bare = len(self.shape.rows) == 1 and row.grid and all(p.value or ODD.fullmatch(p.text) for p in pieces)
        bare = bare and any(p.value and not p.blank for p in pieces)
        for at, piece in enumerate(pieces):
            label = None if piece.value else self._label(row, piece, at)
            if piece.value or bare:
                if run is None:
                    printed = False
                    run = Run(
                        [], loose=len(pieces) == 1, grid=row.grid, inferred=row.inferred,
                        gaps=[row.gap], after=row.after, under=self.under,
                    )
                    found.append(run)
                run.pieces.append(piece if piece.value else attrs.evolve(piece, value=UNREADABLE))
                printed = printed or not piece.blank
            elif label:
                printed = False
                run = Run([], label_at=at, grid=row.grid, inferred=row.inferred)
                found.extend((label, run))
            elif run and run.label_at >= 0 and stands_for_value(row, at, self.view, printed, at < last):
                run.pieces.append(attrs.evolve(piece, value=UNREADABLE))
                printed = True
            elif len(pieces) == 1 and ODD.fullmatch(piece.text):
                run = Run([attrs.evolve(piece, value=UNREADABLE)], loose=True, gaps=[row.gap], after=row.after)
                found.append(run)
            else:
                run = None
                if piece.word:
                    found.append(None)
        return found

    def _label(self, row: Row, piece: Piece, at: int) -> Label | None:
        """The label of a row that a piece is, or is part of."""
        if label := self.broken.get(id(piece)):
            label.ahead -= 1
            label.gap = row.after
            self.open, self.body = label, True
            return label
        word = piece.word or self._misprint(piece)
        return self._word(piece, word, at, row.after) if word else None

    def _misprint(self, piece: Piece) -> Word | None:
        """The row's label that a piece is a misprint of."""
        if piece.value or len(piece.text) > LONGEST or self.sought >= MOST_SOUGHT:
            return None
        self.sought += 1
        word = vocabulary(self.form.name).nearest(piece.text)
        entry = word.entry("row", self.name) if word else None
        if entry is None:
            return None
        self._find("GK212", (piece,), rows=(entry.index,), printed=piece.text)
        return word

    def _word(self, piece: Piece, word: Word, at: int, gap: int) -> Label | None:
        """The row that a word is the label of, as far as its place in the table tells."""
        row = word.entry("row", self.name)
        column = word.entry("column", self.name)
        if caption := word.entry("caption", self.name):
            self.pairing.meet(self.shape.first(caption.block) - 0.5)
        if bool(row) != bool(column):
            self.body = bool(row)
        if column and not (row and (self.body or word.ordinal)):
            columns = [entry for entry in word.entries if entry.role == "column" and entry.table == self.name]
            self.heads.setdefault(at, set()).update(entry.index for entry in columns)
            self.under = frozenset(entry.block for entry in columns)
            return None
        if row is None:
            return None
        label = self.shape.rows[row.index][1].label
        if column and word.ordinal not in (0, fold(label).ordinal):
            return None
        group = word.entry("group", self.name)
        # The ordinal tells a row from the head of a group with the same words.
        weak = group is not None and word.ordinal in (0, self.ordinals[group.index])
        self.under = frozenset()
        return Label(row.index, piece, gap=gap, weak=weak)

    def _bind_own(
        self, label: Label, found: Sequence[Label | Run | None], runs: Sequence[Run]
    ) -> bool:
        """Bind the one label of a physical row to the values behind it."""
        width = self.shape.widths[label.row]
        if not runs or sum(len(run.pieces) >= width for run in runs) > 1:
            return False
        at = found.index(label)
        after = [item for item in found[at:] if isinstance(item, Run) and item.pieces]
        before = [item for item in found[:at] if isinstance(item, Run) and item.printed]
        own = _joined(after) if after else None
        if own is None or not own.printed:
            label.blank = None if before else own
            # The head of a group has no cells of its own.
            label.weak = label.weak and (own is None or len(own.pieces) < width)
            return False
        self._stray(before, label.piece.text, rows=(label.row,))
        self.pairing.bind(label, own)
        return True

    def _stray(self, runs: Iterable[Run], label: str, *, rows: tuple[int, ...] = ()) -> None:
        """Say that values left of a label are not read."""
        for run in runs:
            if run.printed:
                self.findings.append(left_of(label, run.printed, rows))

    # ------------------------------------------------------------ from runs to columns

    def _place(self) -> dict[int, RowReading]:
        """The rows of the table with their values in columns."""
        widths = self.shape.widths
        met = {row: own for row in sorted(self.pairing.bound) if (own := self._only(row))}
        again = [row for row, bound in self.pairing.bound.items() if len(bound) > 1]
        if len(met) < len(self.pairing.bound) and 2 * len(again) > len(self.pairing.bound):
            # Of two tables that differ, a row that only one has may be of either.
            for row in sorted(met.keys() - again):
                self._find("GK214", met[row][0].pieces, rows=(row,))
        for run, _ in met.values():
            run.cut = run.pieces[-1].end >= self.end
        runs = {row: run for row, (run, _) in met.items()}
        # A value below the head of another part of the table may be one of its.
        astray = [row for row, run in runs.items() if run.under and self.shape.block(row) not in run.under]
        for row in sorted({*uncounted(runs, widths, self.heads), *astray}):
            self._find("GK214", runs[row].pieces, rows=(row,))
        self.distances = Distances(runs, widths, self.before)
        spacing = NO_SPACING
        if self.pairing.empty or any(run.spaced for run in runs.values()):
            spacing = self.distances.spacing or Spacing.guess(runs, widths)
        for row, label in self.pairing.empty.items():
            # One empty line is too little to tell a blank cell by.
            if widths[row] > 1 and (
                cells := spacing.empty(label.gap, label.piece.end, widths[row])
            ):
                runs[row] = Run(cells)
                met[row] = runs[row], label.piece
        sums = self.shape.sums(met)
        answers = align(runs, widths, sums, spacing, self._heads())
        apart = self.lines and misplaced(
            self.view, self.lines, {row: answer.slots for row, answer in answers.items()},
            {row for row, run in runs.items() if run.inferred},
        )
        placed: dict[int, RowReading] = {}
        for row, (run, label_piece) in met.items():
            answer = answers.get(row)
            if answer is None or answer.by_sums or not answer.sure or row in apart:
                sure = answer is not None and answer.sure and row not in apart
                printed, width = run.printed, widths[row]
                self._find(
                    "GK206" if sure else "GK202",
                    printed or run.pieces,
                    rows=(row,),
                    found=str(len(printed)),
                    width=str(width),
                    joined="" if sure else " ".join(map(str, rejoined(printed, width, sums))),
                )
            if answer:
                aligned = run.aligned or answer.by_sums
                placed[row] = RowReading.of(answer.slots, label_piece, aligned=aligned)
        for row in self._vanished(runs):
            piece = self.pairing.empty[row].piece
            placed[row] = RowReading.of((nothing(piece.end),) * widths[row], piece, aligned=False)
        return placed

    def _strayed(self, placed: Mapping[int, RowReading]) -> None:
        """Doubt values in rows of their own where sums tell nothing and half of the table is not there.

        Menus of government sites have the labels of section two, and numbers stand on any page.
        """
        lost = sum(row not in placed for row in self.shape.needed)
        if self.shape.columns or lost < len(placed):
            return
        for row, reading in placed.items():
            printed = [piece for piece in reading.slots if piece]
            if reading.aligned and printed:
                self._find("GK214", (reading.label or printed[0], printed[-1]), rows=(row,))

    def _vanished(self, runs: Mapping[int, Run]) -> list[int]:
        """The rows without values that are blank: the table prints no zero, and adds up."""
        empty = [row for row in self.pairing.empty if row not in runs]
        if not empty:
            return []
        printed = {row: values(run.printed) for row, run in runs.items()}
        if any(0 in numbers for numbers in printed.values()):
            return []
        if self.pairing.unclaimed or self.pairing.unsure or not self.shape.columns:
            return []
        totals = dict.fromkeys(empty, 0)
        for row, numbers in printed.items():
            added = [number for number in numbers if isinstance(number, int)]
            if len(added) == len(numbers) and sum(added[:-1]) == sum(added[-1:]):
                totals[row] = sum(added[-1:])
        holding = [
            {*parts, *whole}
            for parts, whole in self.shape.sums(totals).rows
            if {*parts, *whole} <= set(totals)
            and sum(totals[part] for part in parts) == sum(totals[row] for row in whole)
        ]
        return [row for row in empty if any(row in rows for rows in holding)]

    def _stranded(self, placed: dict[int, RowReading]) -> None:
        """Put the one value that stands alone into the one total that is blank and comes to it."""
        lone = [run for run in self.pairing.unclaimed if len(run.printed) == 1]
        if len(lone) != 1:
            return
        (piece,) = lone[0].printed
        fitting = [
            (row, total)
            for row, reading in placed.items()
            for parts, (total, *more) in self.shape.columns
            if not more
            and ((slot := reading.slots[total]) is None or slot.blank)
            and (numbers := values([reading.slots[part] for part in parts]))
            and all(isinstance(number, int) for number in numbers)
            and any(numbers)
            and piece.value
            and sum(number for number in numbers if isinstance(number, int)) == piece.value.value
        ]
        if len(fitting) != 1:
            return
        ((row, total),) = fitting
        slots = list(placed[row].slots)
        slots[total] = piece
        placed[row] = RowReading.of(tuple(slots), placed[row].label, aligned=True)
        self.pairing.unclaimed.remove(lone[0])
        self._find(
            "GK206", (piece,), rows=(row,), found=str(len(slots) - 1), width=str(len(slots))
        )

    def _whole(self, placed: Mapping[int, RowReading]) -> bool:
        """Whether every row of the table was found with a value in every column."""
        needed = {at for at, (_, row) in enumerate(self.shape.rows) if not row.optional}
        return needed <= placed.keys() and all(
            slot is not None and not slot.blank
            for reading in placed.values()
            for slot in reading.slots
        )

    def _belied(self, placed: Mapping[int, RowReading]) -> None:
        """Say which rows may have their values in other columns, as too much comes together."""
        numbers = {row: numbers_of(reading.slots) for row, reading in placed.items()}
        blank = blank_columns(placed) if any(map(any, numbers.values())) else {}
        if not any(blank.values()):
            return
        for row in sorted(self.shape.belied(numbers, blank)):
            pieces = [slot for slot in placed[row].slots if slot and not slot.blank]
            self._find("GK222", pieces, rows=(row,))

    def _only(self, row: int) -> tuple[Run, Piece | None] | None:
        """The run of a row; where a row was met again it must say the same."""
        bound = self.pairing.bound[row]
        if len(bound) == 1:
            return bound[0]
        if len({values(run.printed) for run, _ in bound}) > 1:
            self._find("GK203", (bound[0][0].pieces[0], bound[-1][0].pieces[-1]), rows=(row,))
            return None
        if max(len(run.pieces) for run, _ in bound) < self.shape.widths[row]:
            # Each may hold the value of another column.
            self._find("GK214", (bound[0][0].pieces[0], bound[-1][0].pieces[-1]), rows=(row,))
        return bound[0]

    def _heads(self) -> tuple[int, ...] | None:
        """Where each column stands among the cells of a row, as the heads tell."""
        width = self.pairing.width
        places = sorted(self.heads)
        if len(places) == width and all(
            column in self.heads[place] for column, place in enumerate(places)
        ):
            return tuple(places)
        first = [place for place in places if 0 in self.heads[place]]
        last = [place for place in places if width - 1 in self.heads[place]]
        if len(first) == len(last) == 1 and last[0] - first[0] == width - 1:
            return tuple(range(first[0], last[0] + 1))
        return None

    def _find(
        self, code: str, pieces: Sequence[Piece], *, rows: tuple[int, ...] = (), **arguments: str
    ) -> None:
        self.findings.append(Finding(code, *stretch(pieces), rows, tuple(arguments.items())))


def _is_spaced(row: Row) -> bool:
    """Whether more than a blank parts two values of a line: else their places tell no columns."""
    return any(
        one.value and other.value and other.start - one.end > 1 for one, other in pairwise(row.line.pieces)
    )


def _joined(runs: Sequence[Run]) -> Run:
    """The runs of one physical row as one."""
    if len(runs) == 1:
        return runs[0]
    return attrs.evolve(runs[0], pieces=[piece for run in runs for piece in run.pieces])
