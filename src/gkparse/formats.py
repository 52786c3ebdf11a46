"""Formats that are written by hand or by converters of documents: their tables as lines of cells parted by tabs.

Few texts have any of these: each is told by a string that stands in all of its kind, and its patterns
are compiled when they are used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gkparse.masks import NOTHING, PAIR, RAISED, masked

__all__ = ["FORMATS", "Format", "is_keyed", "keyed"]

# So many of a sign say that a text has it for what it stands for in a format.
_LEAST = 3

# ---------------------------------------------------------------- terminals

_CONTROL = (
    r"\x1b(?:\[[0-?]*[ -/]*(?P<final>[@-~])|\][^\x07\x1b\n]{0,400}(?:\x07|\x1b\\)|[()][A-Z0-9]|[=>@-Z\\^_])?"
    # Struck twice for bold, or with a line under it; what is struck over otherwise nobody can read.
    r"|_\x08|(?P<struck>[^\n])\x08(?=(?P=struck))|\x08_"
)
# The same where a log has lost the first character.
_STYLE = r"\[(?:\d{1,3}(?:;\d{1,3})*)?m"


def _terminal(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        return masked(found[0], first=" " if found["final"] == "C" else NOTHING)

    return re.sub(_CONTROL, mark, text)


def _styles(text: str) -> str:
    return re.sub(_STYLE, lambda found: masked(found[0]), text)


# ---------------------------------------------------------------- spreadsheets

# A number that a formula keeps as a text, and one that an apostrophe does.
_FORMULA = r"(?:(?<=[\t,;|])|^)([ \"]?=\"{1,2})([^\"\n]{0,80})(\"{1,3})(?=[\t,;|\r]|$)"
_APOSTROPHE = r"(?:(?<=[\t,;|\n])|\A)'(?=[\d.]{1,15}(?:[\t;|\r\n]|,(?!\d{3}[\d,.]{0,12}')|\Z))"


def _formulas(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        return masked(found[1]) + found[2] + masked(found[3])

    return re.sub(_FORMULA, mark, text, flags=re.MULTILINE)


def _apostrophes(text: str) -> str:
    return re.sub(_APOSTROPHE, NOTHING, text)


# ---------------------------------------------------------------- TeX

_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\}"
_TEX_TABLE = r"\\begin\{((?:long|x?l?)?tab\w*\*?|(?:long|tall)?tblr|array|supertabular)\}"
# What is printed above the line, struck out or at the foot of the page: its digits belong to no number.
_TEX_NOTE = rf"\\(?:textsuperscript|textsubscript|footnote\w*|tnote|sout|st|cancel)(?![a-zA-Z])\s*(?:\[[^\]]{{0,400}}\])?(?:{_BRACES})?"
_TEX_TOKEN = (
    rf"(?P<note>{_TEX_NOTE}|[\^_](?:{_BRACES}|\d))"
    r"|(?P<end>\\\\\*?(?:\[[^\]\n]{0,400}\])?|\\(?:tabularnewline|cr)\b)"
    rf"|\\(?:begin|end)\s*\{{\w+\*?\}}(?:\[[^\]\n]{{0,400}}\])*(?:{_BRACES})?"
    rf"|\\multi(?:column|row)\s*(?:\[[^\]\n]{{0,400}}\])?{_BRACES}(?:\[[^\]\n]{{0,400}}\])?(?:{_BRACES}|\*)(?:\[[^\]\n]{{0,400}}\])?"
    rf"|\\(?:foreignlanguage|selectlanguage|fontspec|fontsize{_BRACES}|resizebox{_BRACES}|textcolor|colorbox|href"
    rf"|hyper(?:link|target)|parbox|(?:rotate|raise|scale)box)\s*(?:\[[^\]\n]{{0,400}}\])*{_BRACES}"
    rf"|\\Set(?:Cell|Row|Column)(?:\[[^\]\n]{{0,400}}\])?{_BRACES}"
    rf"|\\(?:c(?:mid)?rule|cline|noalign|addlinespace|specialrule|hhline|label|(?:row|cell|text)?color|[vh]space"
    rf"|phantom|setlength|renewcommand|def)(?![a-zA-Z])\*?\s*(?:\([lr]*\))?(?:\[[^\]\n]{{0,400}}\])?(?:{_BRACES})*"
    r"|(?P<sign>\\[&%_#$~{}.])|\\[A-Za-z]+\*?(?:\[[^\]\n]{0,400}\])?|\\[^\w\s]"
    r"|(?P<open>\{)|(?P<close>\})|(?P<cell>&)|%[^\n]*|(?P<blank>[\n~])|(?P<dash>-{2,})|\$"
)
# The head that is printed again on each page.
_TEX_AGAIN = r"\\endfirsthead\b.*?\\endhead\b"
_TEX_WORDS = (
    rf"\\(?:label|hypertarget|foreignlanguage|begin|end|(?:usepackage|documentclass)(?:\[[^\]\n]{{0,400}}\])?){_BRACES}|\\[A-Za-z]+\*?(?=[ {{\[])"
    r"|(?<!\\)[{}]%?"
)
_TEX_CELLS = r"[^\\\n]&"


def _is_tex(text: str) -> bool:
    if text.count("\\\\") + text.count("\\tabularnewline") < _LEAST:
        return False
    return re.search(_TEX_TABLE, text) is not None if "\\begin{" in text else any(map(_is_tex_row, text.split("\n")))


def _is_tex_row(line: str) -> bool:
    """Whether a line ends as a row does, and has cells."""
    return line.rstrip().endswith("\\\\") and re.search(_TEX_CELLS, line) is not None


def _tex(text: str) -> str:
    """Rows that end with two backslashes, their cells parted by ampersands."""
    if "\\begin{" not in text:
        return "\n".join([_tex_rows(line) if _is_tex_row(line) else line for line in text.split("\n")])
    parts: list[str] = []
    at = 0
    for found in re.finditer(_TEX_TABLE, text):
        if found.start() < at:
            continue
        end = text.find(f"\\end{{{found[1]}}}", found.end())
        end = len(text) if end < 0 else end
        parts += [_tex_words(text[at : found.start()]), masked(found[0], first="\n")]
        parts.append(_tex_rows(text[found.end() : end]))
        at = min(len(text), end + len(found[1]) + 6)
        parts.append(masked(text[end:at], first="\n"))
    return "".join((*parts, _tex_words(text[at:])))


def _tex_words(text: str) -> str:
    return re.sub(_TEX_WORDS, lambda found: masked(found[0]), text)


def _tex_rows(text: str) -> str:
    text = re.sub(_TEX_AGAIN, lambda found: masked(found[0]), text, flags=re.DOTALL)
    specified = re.match(rf"\s*(?:\[[^\]\n]{{0,400}}\])?\s*(?:{_BRACES}){{0,2}}", text)
    head = specified.end() if specified else 0
    depth = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal depth
        kind = found.lastgroup
        if kind in ("open", "close"):
            depth += 1 if kind == "open" else -1
            return NOTHING
        if kind == "note":
            letters = re.sub(r"[^\d]", NOTHING, found[0])
            return letters.translate(RAISED)
        if kind == "sign":
            return NOTHING + found[0][1]
        if kind == "end":
            return masked(found[0], first=" " if depth > 0 else "\n")
        if kind == "cell":
            return "\t" if depth <= 0 else "&"
        if kind == "blank":
            return " "
        return masked(found[0], first="-" if kind == "dash" else NOTHING)

    return masked(text[:head]) + re.sub(_TEX_TOKEN, mark, text[head:])


# Marks that open and close the rows and cells of other tables, each with what it becomes.
_CONTEXT = r"\\(?:(?P<row>stopxrow|eTR)|(?P<cell>startxcell|bTD|bTH)|(?:start|stop)x\w+|[be]T[A-Z]+|NC|NR)\b(?:\[[^\]\n]{0,400}\])?|\{\\\w+(?:\[[^\]\n]{0,400}\])?\}|(?P<line>\n)"
_TEXINFO = r"@(?:(?P<row>item|headitem)|(?P<cell>tab)|(?:end )?multitable\b[^\n]*)|(?P<line>\n)"


def _rows_of(pattern: str, opened: str, closed: str) -> Callable[[str], str]:
    """What masks the rows between two strings by the marks of a pattern."""

    def mark(found: re.Match[str]) -> str:
        signs = {"row": "\n", "cell": "\t", "line": " "}
        return masked(found[0], first=signs.get(found.lastgroup or "", NOTHING))

    def mask(text: str) -> str:
        parts: list[str] = []
        at = 0
        while (start := text.find(opened, at)) >= 0:
            end = text.find(closed, start)
            end = len(text) if end < 0 else end
            parts += [text[at:start], re.sub(pattern, mark, text[start:end]), masked(text[end : end + len(closed)], first="\n")]
            at = min(len(text), end + len(closed))
        return "".join((*parts, text[at:]))

    return mask


# ---------------------------------------------------------------- typst

_TYPST_TABLE = r"\b(?:table|tablex|grid)\((?=\s*(?:columns|align|stroke|inset|fill|rows|gutter|table\.|\[))"
_TYPST_SIGN = r"\\.|[\[\]()\n\"]"


def _typst(text: str) -> str:
    """Cells in brackets, a row a line."""
    parts: list[str] = []
    at = 0
    for opened in re.finditer(_TYPST_TABLE, text):
        if opened.start() < at:
            continue
        parts += [text[at : opened.start()], masked(opened[0], first="\n")]
        at = _typst_cells(text, opened.end(), parts)
    return "".join((*parts, text[at:]))


def _typst_cells(text: str, start: int, parts: list[str]) -> int:
    """Put the view of a table's cells; where it ends."""
    at, within, round_ = start, 0, 0
    first = True
    for token in re.finditer(_TYPST_SIGN, text[start:]):
        place = start + token.start()
        parts.append(text[at:place] if within else NOTHING * (place - at))
        at = start + token.end()
        sign = token[0]
        shown = sign if within else NOTHING * len(sign)
        if sign == "[":
            shown, first = ((" " if first else "\t"), False) if not within else (sign, first)
            within += 1
        elif sign == "]" and within:
            within -= 1
            shown = sign if within else NOTHING
        elif sign == "\n":
            first = first or not within
            shown = " " if within else "\n"
        elif sign in "()" and not within:
            round_ += 1 if sign == "(" else -1
            if round_ < 0:
                parts.append("\n")
                return at
        parts.append(shown)
    return at


# ---------------------------------------------------------------- other marks of cells

# What Textile says of a cell before its text.
_TEXTILE = r"\|(?:[_<>=^~]|\\\d{1,2}|/\d{1,2}|\([\w# -]{0,40}\)|\{[^}|\n]{0,80}\})+\.(?=[ \t|])"
_ALIGNED = ("|_", "|<.", "|>.", "|=.", "|\\", "|/", "|{")
# Blocks of tbl, which typesets tables for manual pages: each cell's text stands between T{ and T}.
_TBL = r"^\.TS\b[^\n]*\n(?:[^\n]*;\n)?(?:[^\n]*\n){0,3}?[^\n]*\.$|\\(?:\(|\[)[lr]q\]?|\\f(?:\[\w*\]|\w)|\\ |^(?:\.(?:[PLI]P?|nr|na|ad|sp|br|T[EH])\b[^\n]*|\.[SN]H \d|[_=])\n|^T\}(?P<cell>[^\n]?)T\{[^\S\n]*\n|^T\{[^\S\n]*(?P<open>\n)|\n(?=T\})|^T\}[^\S\n]*$"
_BLOCKS = r"\(\(\(|\n?\)\)\)"


def _textile(text: str) -> str:
    return re.sub(_TEXTILE, lambda found: masked(found[0], first="|"), text)


def _tbl(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        return masked(found[0], first="\t" if found["cell"] is not None else NOTHING)

    return re.sub(_TBL, mark, text, flags=re.MULTILINE)


def _blocks(text: str) -> str:
    return re.sub(_BLOCKS, lambda found: masked(found[0], first=" "), text)


# The line below the heads of a Markdown table may have a single dash for each column, as a row of marks has.
_DELIMITERS = frozenset("|-: \t\r")


def _delimiters(text: str) -> str:
    lines = text.split("\n")
    found = [at for at in range(1, len(lines) - 1) if _is_delimiter(lines[at]) and _is_headed(lines, at)]
    for at in found:
        lines[at] = "-" * len(lines[at])
    return "\n".join(lines) if found else text


def _is_delimiter(line: str) -> bool:
    """Whether a line may part heads from rows, and is not long enough to show that it does."""
    return "|" in line and "-" in line and "---" not in line and len(line) >= _LEAST and _DELIMITERS.issuperset(line)


def _is_headed(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands between the first of a table, with as many bars, and another."""
    first = lines[at - 1].count("|") == lines[at].count("|") and (at < 2 or "|" not in lines[at - 2])
    return first and "|" in lines[at + 1]


# What a cell between bars stands in, alone: emphasis, code, mathematics.
_INLINE = r"\|[^\S\n]*(?P<sign>\*|_|`{1,2}|\$)(?=[^\s*_`$])(?P<text>[^|\n]{0,200}?)(?P=sign)[^\S\n]*(?=\|)"
_INLINES = r"\| ?[*_`$][^\s*_`$|]"
_LINK = r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{0,400}\)"
_BULLETS = ("\n- ", "\n• ")
_BULLET = r"^[^\S\n]*[-*•·][^\S\n]+(?=\S)"
# A number a line behind a bullet so often is the cell of a table.
_BULLETED = r"^[^\S\n]*[-*•·][^\S\n]+\d[\d.,]*[^\S\n]*$"
_LEAST_BULLETS = 10
_BBCODE = r"\[(?:(?P<row>/tr)|(?P<cell>t[dh])|/?\w+)(?:[=,][^\]\n]{0,40})?\]|(?P<line>\n)"


def _inline(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        start, end = found.start("text") - found.start(), found.end("text") - found.start()
        behind = len(found["sign"])
        return f"|{NOTHING * (start - 1)}{found['text']}{NOTHING * behind}{found[0][end + behind :]}"

    return re.sub(_INLINE, mark, text)


def _links(text: str) -> str:
    return re.sub(_LINK, lambda found: NOTHING * (found.start(1) - found.start()) + found[1] + masked(text[found.end(1) : found.end()]), text)


def _bullets(text: str) -> str:
    if len(re.findall(_BULLETED, text, re.MULTILINE)) < _LEAST_BULLETS:
        return text
    return re.sub(_BULLET, lambda found: masked(found[0]), text, flags=re.MULTILINE)


# ---------------------------------------------------------------- lists of lists

# The signs of a row and of its other cells, in YAML, reStructuredText and djot.
_LISTS = (("- - ", "-"), ("* - ", "-"), ("- + ", "\\+"))
_LISTED = r"^[^\S\n]*(?:- [-+]|\* -) [^\s+-]"
_EMPTY_TEXT = r"(?<= )(?:''|\"\")(?=\r?$)"


def _sequences(text: str) -> str:
    """A list of lists, each of whose items has a line."""

    def mark(found: re.Match[str]) -> str:
        return masked(found[0], first="\t" if found["item"] else " " if found["more"] else NOTHING)

    for row, item in _LISTS:
        if text.count(row) >= _LEAST:
            pattern = (
                rf"(?P<item>\n(?:[^\S\n]*\n)?[^\S\n]+{item}(?:[^\S\n]|(?=\n))(?!{item} ))|^[^\S\n]*(?:{re.escape(row)})"
                rf"|(?P<more>\n[^\S\n]{{3,}})(?=[^\s*+-])|{_EMPTY_TEXT}"
            )
            text = re.sub(pattern, mark, text, flags=re.MULTILINE)
    return text


def _items(text: str) -> str:
    """The items of lists: rows and cells, or cells alone."""
    if any(text.count(row) >= _LEAST for row, _ in _LISTS) and re.search(_LISTED, text, re.MULTILINE):
        text = _sequences(text)
    return _bullets(text) if any(text.count(sign) >= _LEAST_BULLETS for sign in _BULLETS) else text


# ---------------------------------------------------------------- keys and values

_ATOM = r"（[^（）\n]{0,30}）|\([^()\n]{0,30}\)"
_VALUE = (
    r"[\"']?(?:[-+]?\d[\d.]*(?:,\d{3})*(?:\.\d+)?|[/—–-]{1,2}|无|null|None|NaN|~)?[\"']?"
    r"(?: ?(?:件|条|项|元|万元|宗|人次|次))?"
)
_NAME = rf"[\"'*]*(?:[^\s:：=,，;；、（(\"'*\d]|{_ATOM}){{1,20}}+[\"'*]*"
_PAIR = rf"(?P<before>[,，;；、\s]*)(?P<name>{_NAME})(?P<is>\s*[:：=]\s*|[^\S\n]+)(?P<value>{_VALUE})(?=[\s\x00]*(?:[,，;；、。]|$))"
_KEYED = (
    rf"(?P<lead>[^\S\n]*(?:[>*·•+-][^\S\n]+)*)(?P<label>(?:[^:：=（(|\t]|{_ATOM}){{1,80}}+)(?P<is>[:：=])(?P<rest>[^:|\t][^|\t]{{0,400}}+)"
)
_RECORD = rf"[\"'*\s]*(?:{_VALUE}|[^\"'\n]{{1,80}}(?<=[^\d\s])[\"']|{_NAME}(?:\s*[:：=]\s*|[^\S\n]+){_VALUE}(?:\s*[,，;；、]\s*{_NAME}(?:\s*[:：=]\s*|[^\S\n]+){_VALUE})*+)\s*[,，;；。]?[^\S\n]*"
# So many lines of them are no addresses and telephone numbers.
_LEAST_KEYED = 8


# A sign behind a word in a line that ends as a value may, and no rule or address.
_BEHIND = r"[:：=](?<=[㐀-鿿）)\"'* ].)(?![:=/-])(?=[^\n。]{0,400}[\d/—–\"'件条项元次无-][,;，；]?\s*$)"


def is_keyed(text: str) -> bool:
    """Whether there are enough signs of keys."""
    signs = text.count("：") + text.count(":")
    if "=" in text:
        signs += text.count("=") - 2 * text.count("==")
    return signs >= _LEAST_KEYED and len(re.findall(_BEHIND, text, re.MULTILINE)) >= _LEAST_KEYED


def _keys(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where lines begin that are records, and what each of them is."""
    at = 0
    for line in text.split("\n"):
        found = re.fullmatch(_KEYED, line) if ":" in line or "：" in line or "=" in line else None
        if found and not found["label"].isascii() and re.fullmatch(_RECORD, found["rest"]):
            yield at, found
        at += len(line) + 1


def keyed(text: str) -> str:
    """Lines of a label or a name, and its value or several with the names of theirs."""
    found = [*_keys(text)]
    if len(found) < _LEAST_KEYED:
        return text

    def pair(each: re.Match[str]) -> str:
        first = "\t" if each["before"].strip() else NOTHING
        return masked(each["before"], first=first) + each["name"] + masked(each["is"], first=PAIR) + each["value"]

    parts: list[str] = []
    at = 0
    for start, line in found:
        rest = line["rest"]
        shown = re.sub(r"[,，;；。](?=\s*$)", NOTHING, rest)
        if not re.fullmatch(rf"[\"'*\s]*{_VALUE}\s*[,，;；。]?\s*", rest):
            shown = re.sub(_PAIR, pair, shown, flags=re.MULTILINE)
        parts += [text[at:start], masked(line["lead"]), line["label"], PAIR, re.sub("[\"']", NOTHING, shown)]
        at = start + len(line[0])
    return "".join((*parts, text[at:]))


class Format(NamedTuple):
    """A format: characters one of which all of its texts have, if any, whether a text has it, and what masks it."""

    signs: str
    is_met: Callable[[str], object]
    mask: Callable[[str], str]


# In the order in which they nest.
FORMATS: tuple[Format, ...] = (
    Format("\x1b\x08", bool, _terminal),
    Format("[", lambda text: "[0m" in text, _styles),
    Format("=", lambda text: '="' in text and "</" not in text, _formulas),
    Format("'", lambda text: "\t'" in text or ",'" in text, _apostrophes),
    Format("\\", lambda text: "&" in text and _is_tex(text), _tex),
    Format("\\", lambda text: "\\startxrow" in text, _rows_of(_CONTEXT, "\\startxtable", "\\stopxtable\n")),
    Format("\\", lambda text: "\\bTR" in text, _rows_of(_CONTEXT, "\\bTABLE", "\\eTABLE")),
    Format("@", lambda text: "@multitable" in text, _rows_of(_TEXINFO, "@multitable", "@end multitable")),
    Format("]", lambda text: "], [" in text and re.search(_TYPST_TABLE, text), _typst),
    Format("|", lambda text: ". " in text and any(map(text.__contains__, _ALIGNED)) and len(re.findall(_TEXTILE, text)) >= _LEAST, _textile),
    Format("[", lambda text: "[td" in text, _rows_of(_BBCODE, "[table", "[/table]")),
    Format("]", lambda text: "](" in text, _links),
    Format("|", lambda text: any(map(text.__contains__, ("|-", "| -", "|:"))), _delimiters),
    Format("|", lambda text: any(map(text.__contains__, "*`$_")) and re.search(_INLINES, text), _inline),
    Format("{", lambda text: "\nT{\n" in text, _tbl),
    Format("|", lambda text: text.count("|(((") >= _LEAST, _blocks),
    Format("-•", lambda text: "- " in text or "•" in text, _items),
)
