"""How many megabytes of pages without a report `gkparse.detect` passes over in a second, on one core.

    python benchmarks/detect.py [SECONDS]

The pages are made here, of invented words, in the kinds that a crawl has; megabytes are those of the pages in
UTF-8. Each kind is read for SECONDS (default 2) in turns, and the best turn counts. `let through`
is the share of the pages that the gate leaves to the parser, `found` the share that it then finds a table in.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

import gkparse
from gkparse.gate import may_hold_table

PAGES = 60
_HANZI = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFE)]
_LINKS = ("首页", "走进青石", "新闻中心", "政务公开", "政府信息公开", "政府信息公开指南", "政府信息公开制度",
          "法定主动公开内容", "政府信息公开年报", "依申请公开", "政策解读", "互动交流", "办事服务", "财政预决算")
# These are words of the form, too.
_WORDS = ("行政许可", "行政处罚", "行政强制", "行政事业性收费", "规范性文件", "行政复议")


class _Made:
    """Pages of invented words, the same each time."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret

    def words(self, least: int, most: int) -> str:
        return "".join(self.random.choices(_HANZI, k=self.random.randint(least, most)))

    def prose(self, sentences: int, *said: str) -> str:
        """Sentences, in which something is said here and there."""
        parts = [f"{self.words(6, 18)}，{self.words(6, 24)}。" for _ in range(sentences)]
        for each in said:
            at = self.random.randrange(len(parts))
            parts[at] = f"{self.words(3, 9)}{each}{self.words(3, 9)}，{self.random.randint(1, 400)}件，{parts[at]}"
        return "".join(parts)

    def page(self, links: tuple[str, ...], body: str, *, foot: str = "") -> str:
        """A page of a government's site: scripts, navigation, an article, a foot."""
        items = "\n".join(
            f'      <li class="nav-{number}"><a href="/zwgk/{self.random.randint(1, 9999)}/index.shtml" '
            f'target="_blank" title="{link}">{link}</a></li>'
            for number, link in enumerate(links)
        )
        script = "".join(
            f'$("#m{number}").on("click",function(e){{var a=e.data[{number}]||{{}};return a.x+{number};}});'
            for number in range(120)
        )
        return (
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{self.words(6, 12)}</title>\n'
            f"<style>.nav li{{float:left;width:120px;margin:0 4px}}</style>\n<script>{script}</script>\n</head>\n"
            f'<body>\n<!-- 头部 -->\n<div class="header">\n<ul>\n{items}\n</ul>\n</div>\n'
            f'<div class="article">\n<h1>{self.words(8, 24)}</h1>\n{body}\n</div>\n'
            f'<div class="footer"><p>主办单位：青石县人民政府办公室 {foot}</p></div>\n</body>\n</html>\n'
        )

    def paragraphs(self, count: int, *said: str) -> str:
        return "\n".join(
            f'<p style="text-indent:2em;line-height:1.75">{self.prose(4, *said)}</p>' for _ in range(count)
        )

    # ------------------------------------------------------------ the kinds

    def english(self) -> str:
        words = [f"w{self.random.randint(0, 9999)}" for _ in range(4000)]
        return f"<html><body><p>{' '.join(words)}</p>{'<div class=a><a href=/x>b</a></div>' * 400}</body></html>"

    def script(self) -> str:
        return "".join(f'function f{n}(a,b){{return a["k{n}"]?"\\u4e00-\\u9fa5":b+{n}}};' for n in range(1500))

    def chinese(self) -> str:
        return self.page(tuple(self.words(2, 5) for _ in range(30)), self.paragraphs(12))

    def chinese_text(self) -> str:
        return "\n".join(self.prose(6) for _ in range(60))

    def navigation(self) -> str:
        return self.page(_LINKS * 2, self.paragraphs(12, "政府信息公开"))

    def navigation_of_words(self) -> str:
        return self.page(_LINKS + _WORDS, self.paragraphs(12, "行政许可"))

    def navigation_and_numbers(self) -> str:
        return self.page(_LINKS + _WORDS, self.paragraphs(12), foot="浏览次数： <span>123</span>")

    def regulations(self) -> str:
        said = ("政府信息公开", "不予公开", "行政复议", "行政处罚", "第三方合法权益", "行政许可", "予以公开")
        return "\n".join(f"第{number}条　{self.prose(3, *said)}" for number in range(1, 57))

    def news(self) -> str:
        return self.page(_LINKS, self.paragraphs(12, "政府信息公开工作年度报告", "行政诉讼", "行政许可"))

    def index(self) -> str:
        titles = [f"{self.words(3, 6)}局{year}年政府信息公开工作年度报告" for year in range(2008, 2024) for _ in range(20)]
        rows = "\n".join(
            f'<li><a href="/art/{at}.html" title="{title}">{title}</a><span>2024-01-{at % 28 + 1:02}</span></li>'
            for at, title in enumerate(titles)
        )
        return self.page(_LINKS, f"<ul>\n{rows}\n</ul>")

    def signs(self) -> str:
        return "政府信息公开\n" * 4000

    def signs_in_a_line(self) -> str:
        return "政府信息公开年报" * 3000

    def words_without_numbers(self) -> str:
        return f"政府信息公开\n{self.prose(3)}\n" + "，".join(_WORDS * 800)

    def blanks(self) -> str:
        return "公开行" + " " * 60_000 + "政" * 3000


_KINDS: dict[str, tuple[Callable[[_Made], str], ...]] = {
    "no Chinese": (_Made.english, _Made.script),
    "Chinese": (_Made.chinese, _Made.chinese_text),
    "government, links": (_Made.navigation,),
    "government, links that are words of the form": (_Made.navigation_of_words,),
    "the same with a number of its own": (_Made.navigation_and_numbers,),
    "regulations": (_Made.regulations,),
    "news and notices": (_Made.news,),
    "index of reports": (_Made.index,),
    "hostile: signs": (_Made.signs, _Made.signs_in_a_line),
    "hostile: words, blanks": (_Made.words_without_numbers, _Made.blanks),
}


def best(pages: list[str], seconds: float) -> float:
    """Seconds of the best turn over some pages."""
    least, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end or least == float("inf"):
        started = time.perf_counter()
        for page in pages:
            gkparse.detect(page)
        least = min(least, time.perf_counter() - started)
    return least


def main(seconds: float) -> None:
    """Print a line for each kind of pages, and one for all together."""
    gkparse.detect("政府信息公开")  # builds what is built once
    size = taken = 0.0
    for name, kinds in _KINDS.items():
        made = _Made(7)
        pages = [kind(made) for kind in kinds for _ in range(PAGES // len(kinds))]
        megabytes = sum(len(page.encode()) for page in pages) / 1e6
        through = sum(map(may_hold_table, pages)) / len(pages)
        found = sum(gkparse.detect(page) is not None for page in pages) / len(pages)
        least = best(pages, seconds)
        size, taken = size + megabytes, taken + least
        print(f"{name:46} {megabytes / least:7.0f} MB/s  let through {through:4.0%}  found {found:4.0%}")
    print(f"{'all':46} {size / taken:7.0f} MB/s")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2)
