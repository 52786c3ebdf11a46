from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

import gkparse
from gkparse import cli, findings
from gkparse.diagnostics import Diagnostic
from gkparse.terminal import Ink, width

if TYPE_CHECKING:
    from collections.abc import Callable

    Write = Callable[..., str]


def row(*labels: str, person: int = 0, firm: int = 0) -> str:
    """A row of the table of section three in which all but two kinds of applicants have 0."""
    return "\t".join([*labels, str(person), str(firm), "0", "0", "0", "0", str(person + firm)])


TABS = "\n".join(
    [
        "青禾县林业局2023年政府信息公开工作年度报告",
        "",
        "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "一、总体情况",
        "我局今年收到的申请均在期限内答复，网站由办公室专人维护，公文逐件审核，办事指南按季更新，全年培训两次。",
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t0\t0\t0",
        "行政规范性文件\t4\t1\t23",
        "第二十条第（五）项",
        "信息内容\t本年处理决定数量",
        "行政许可\t318",
        "第二十条第（六）项",
        "信息内容\t本年处理决定数量",
        "行政处罚\t57",
        "行政强制\t2",
        "第二十条第（八）项",
        "信息内容\t本年收费金额（单位：万元）",
        "行政事业性收费\t6.25",
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况",
        "自然人\t法人或其他组织\t总计",
        "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他",
        row("一、本年新收政府信息公开申请数量", person=12, firm=3),
        row("二、上年结转政府信息公开申请数量", person=2),
        row("三、本年度办理结果\t（一）予以公开", person=8, firm=2),
        row("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", person=1),
        row("（三）不予公开\t1.属于国家秘密"),
        row("2.其他法律行政法规禁止公开"),
        row("3.危及“三安全一稳定”"),
        row("4.保护第三方合法权益", firm=1),
        row("5.属于三类内部事务信息"),
        row("6.属于四类过程性信息"),
        row("7.属于行政执法案卷"),
        row("8.属于行政查询事项"),
        row("（四）无法提供\t1.本机关不掌握相关政府信息", person=3),
        row("2.没有现成信息需要另行制作"),
        row("3.补正后申请内容仍不明确"),
        row("（五）不予处理\t1.信访举报投诉类申请"),
        row("2.重复申请", person=1),
        row("3.要求提供公开出版物"),
        row("4.无正当理由大量反复申请"),
        row("5.要求行政机关确认或重新出具已获取信息"),
        row("（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
        row("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
        row("3.其他"),
        row("（七）总计", person=13, firm=3),
        row("四、结转下年度继续办理", person=1),
        "四、政府信息公开行政复议、行政诉讼情况",
        "行政复议\t行政诉讼",
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计\t未经复议直接起诉\t复议后起诉",
        "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2),
        "1\t0\t0\t1\t2\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0",
        "五、存在的主要问题及改进情况",
        "主动公开的范围有待拓宽，下一步将加强培训，逐月核对网站栏目，由办公室登记各科室的更新时间并在年底通报。",
        "六、其他需要报告的事项",
        "本年度未收取信息处理费。",
        "",
    ]
)
LINES = TABS.replace("\t", "\n")
# The total of the first row is wrong, and so is nothing else.
RECEIVED = "一、本年新收政府信息公开申请数量\t12\t3\t0\t0\t0\t0\t15"
WRONG = TABS.replace(RECEIVED, RECEIVED[:-2] + "16").replace(
    "二、上年结转政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2",
    "二、上年结转政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t1",
)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes a file into an empty folder, which is where the command runs."""
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes = TABS, name: str = "report.txt") -> str:
        (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return name

    return write


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def run(
    *arguments: str,
    data: bytes = b"",
    stdout: int | IO[bytes] = subprocess.PIPE,
    encoding: str = "utf-8",
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as its users do, with the package that is tested."""
    home = str(Path(gkparse.__file__).resolve().parents[1])
    return subprocess.run(
        [sys.executable, "-m", "gkparse", *arguments],
        input=data,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": home, "PYTHONIOENCODING": encoding},
        check=False,
    )


def test_the_reports_of_these_tests_are_read_whole() -> None:
    for text in (TABS, LINES):
        report = gkparse.parse(text)
        assert report.value("requests.received.natural_person") == 12
        assert not [found for found in report.diagnostics if found.severity != "info"]


# ---------------------------------------------------------------- parse


def test_parse_prints_one_report_as_indented_json(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", write()]) == 0
    out, err = capsys.readouterr()
    assert out == gkparse.to_json(gkparse.parse(TABS), indent=2) + "\n"
    assert '\n  "agency": "青禾县林业局",\n' in out
    assert gkparse.from_json(out) == gkparse.parse(TABS)
    assert err == ""


def test_parse_prints_several_reports_a_line_each_with_their_source_first(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [write(), write(LINES, "字段 二.txt")]
    assert cli.main(["parse", *names]) == 0
    lines = capsys.readouterr().out.splitlines()
    found = [json.loads(line) for line in lines]
    assert [next(iter(each)) for each in found] == ["source", "source"]
    assert [each.pop("source") for each in found] == names
    assert found == [gkparse.to_dict(gkparse.parse(text)) for text in (TABS, LINES)]


def test_parse_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(monkeypatch, TABS.encode())
    assert cli.main(["parse", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["year"] == 2023


def test_a_byte_order_mark_is_no_part_of_the_text(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", write(b"\xef\xbb\xbf" + TABS.encode())]) == 0
    assert capsys.readouterr().out == gkparse.to_json(gkparse.parse(TABS), indent=2) + "\n"


def test_errors_in_a_report_do_not_make_parse_fail(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", write(WRONG)]) == 0
    assert "GK303" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["parse", "show", "check"])
def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(
    command: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    names = [
        "missing.txt",
        "folder",
        write(b"\x89PNG\r\n\x1a\n", "scan.txt"),
        write("今天天气很好。", "weather.txt"),
        write("", "empty.txt"),
        write(),
    ]
    assert cli.main([command, *names]) == 1
    out, err = capsys.readouterr()
    said = err.splitlines()
    assert [line.split(": ")[:2] for line in said] == [["gkparse", name] for name in names[:-1]]
    assert said[0] == "gkparse: missing.txt: No such file or directory"
    assert said[2].startswith("gkparse: scan.txt: it is a picture")
    assert "no annual report in this text" in said[3]
    if command == "parse":
        assert json.loads(out)["source"] == "report.txt", "one of several, so still with its name"
    else:
        assert "0 errors, 0 warnings" in out


def test_a_folder_is_all_files_in_it_that_are_not_hidden(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("in", "in/b", "in/.git"):
        (tmp_path / folder).mkdir()
    for name in ("in/c.txt", "in/b/a.html", "in/.hidden.txt", "in/~$c.docx", "in/.git/x.txt"):
        write(TABS, name)
    write("今天天气很好。", "in/a.txt")
    assert cli.main(["parse", "in"]) == 1
    out, err = capsys.readouterr()
    names = [json.loads(line)["source"] for line in out.splitlines()]
    assert names == [str(Path("in/c.txt")), str(Path("in/b/a.html"))]
    assert err.startswith(f"gkparse: {Path('in/a.txt')}: no annual report in this text")
    assert cli.main(["check", "in/b"]) == cli.main(["show", "in/b"]) == 0
    assert str(Path("in/b/a.html")) in capsys.readouterr().out


def test_the_one_file_of_a_folder_still_has_its_name(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    write(TABS, "in/a.txt")
    assert cli.main(["parse", "in"]) == 0
    assert json.loads(capsys.readouterr().out)["source"] == str(Path("in/a.txt"))


def test_a_finding_in_a_file_with_tables_tells_page_table_row_and_column(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    report = gkparse.parse(WRONG)
    gkparse.write_docx(report, write(b"", "report.docx"))
    for language, place in (("en", "table 2, row 4, column 10"), ("zh", "表2第4行第10列")):
        assert cli.main(["check", "--lang", language, "report.docx"]) == 1
        assert f"report.docx:{place}: GK303 " in capsys.readouterr().out.replace(": table", ":table")
    assert cli.main(["check", "--format", "jsonl", "report.docx"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    places = [each["place"] for each in found if each["code"] == "GK303"]
    assert places[0] == {"page": None, "table": 2, "row": 4, "column": 10}
    assert cli.main(["check", "--format", "sarif", "report.docx"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    located = next(each for each in results if each["ruleId"] == "GK303")
    assert located["properties"]["place"] == places[0]
    assert "region" not in located["locations"][0]["physicalLocation"]


def test_a_file_in_another_encoding_is_read(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["parse", write(TABS.encode("gb18030"), "chinese.txt")]) == 0
    assert json.loads(capsys.readouterr().out)["agency"] == "青禾县林业局"


@pytest.mark.parametrize("command", ["parse", "show", "check"])
def test_where_nothing_could_be_read_nothing_is_printed(
    command: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write()
    assert cli.main([command, "missing.txt"]) == 1
    assert capsys.readouterr().out == ""


UNKNOWN = (
    "the text is in no encoding that is known: as UTF-8 the byte 0xff at offset 0 is wrong; "
    "save it as UTF-8 again"
)


def test_standard_input_that_is_closed_or_no_text_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(monkeypatch, b"\xff")
    assert cli.main(["parse", "-"]) == 1
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["parse", "-"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "gkparse: -: " + UNKNOWN,
        "gkparse: -: standard input is closed",
    ]


# ---------------------------------------------------------------- show


def test_show_prints_the_tables_between_what_the_report_is_and_what_was_found(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["show", write(WRONG)]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[:5] == [
        "青禾县林业局2023年政府信息公开工作年度报告",
        "agency  青禾县林业局",
        "year    2023",
        "period  2023-01-01 – 2023-12-31",
        "form    2021",
    ]
    assert "│ 行政规范性文件 │            4 │            1 │           23 │" in lines
    assert "│ 行政事业性收费 │                                       6.25 │" in lines
    (received,) = [line for line in lines if line.startswith("│ 一、本年新收")]
    assert received.endswith("│     12!│    3!│    0!│    0!│    0!│    0!│   16!│")
    assert lines[-5:] == [
        "! flagged",
        "",
        "GK303 error: 一、本年新收政府信息公开申请数量: 12 + 3 = 15, but the total is 16 (A3); the page prints it so",
        lines[-2],
        "2 errors, 0 warnings, 0 notes",
    ]
    assert lines[-2].startswith("GK303 error: 二、上年结转政府信息公开申请数量: ")
    assert all(width(line) <= 100 for line in lines if not line.startswith("GK"))
    assert "\x1b" not in out


def test_show_counts_notes_and_says_how_to_see_them(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["show", write(TABS.replace("行政强制\t2", "行政强制\t/"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "│ 行政强制       │                                          / │" in lines
    assert lines[-1] == (
        "0 errors, 0 warnings, 1 note (use gkparse check --notes to see them)"
    )


def test_show_of_several_files_names_each(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["show", write(), write(LINES, "second\x1b.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "==> report.txt <=="
    at = lines.index("==> second␛.txt <==")
    assert lines[at - 2 : at] == ["0 errors, 0 warnings, 0 notes", ""]


def test_show_says_of_a_lost_table_that_it_was_not_found(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = TABS[: TABS.index("四、政府信息公开行政复议")]
    assert cli.main(["show", write(cut)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("四、政府信息公开行政复议、行政诉讼情况 !")
    assert lines[at + 1] == "  (this table was not found)"
    assert any(line.startswith("GK103 error: ") for line in lines[at:])


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command with a terminal for its standard output; gives what it wrote."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(*arguments: str) -> str:
        written = io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", Terminal(written, encoding="utf-8", write_through=True))
            cli.main(arguments)
            return written.getvalue().decode()

    return run


def test_a_terminal_gets_colours_and_tables_of_its_width(
    write: Write, on_a_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "84")
    lines = on_a_terminal("show", write()).splitlines()
    assert lines[0] == "\x1b[1m青禾县林业局2023年政府信息公开工作年度报告\x1b[0m"
    assert max(width(line) for line in lines if line[:1] in "┌│├└") <= 84


def test_a_wide_terminal_gets_the_same_tables_as_a_file(
    write: Write, on_a_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.setenv("NO_COLOR", "1")
    assert on_a_terminal("show", write()) == run("show", "report.txt").stdout.decode()


def test_check_colours_severities_and_carets(
    write: Write, on_a_terminal: Callable[..., str]
) -> None:
    lines = on_a_terminal("check", write(WRONG)).splitlines()
    assert lines[0].startswith(
        "\x1b[1mreport.txt:25:31:\x1b[0m \x1b[1mGK303\x1b[0m \x1b[1;31merror\x1b[0m: "
    )
    assert lines[3].startswith("\x1b[2m   |\x1b[0m \x1b[1;31m ")
    assert lines[3].endswith("^^\x1b[0m")


def test_no_color_is_respected(
    write: Write, on_a_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    name = write(WRONG)
    assert "\x1b" not in on_a_terminal("show", name) + on_a_terminal("check", name)


# ---------------------------------------------------------------- check


def test_check_points_at_what_is_wrong_as_a_compiler_does(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", write(WRONG)]) == 1
    out, err = capsys.readouterr()
    assert out.split("\n\n")[0].splitlines() == [
        "report.txt:25:31: GK303 error: 一、本年新收政府信息公开申请数量: 12 + 3 = 15, but the total is 16 (A3); the page prints it so",
        "   |",
        "25 | 一、本年新收政府信息公开申请数量→ 12→ 3→ 0→ 0→ 0→ 0→ 16",
        "   |                                   --  -  -  -  -  -  ^^",
        "   = where: requests.received.total, requests.received.natural_person (25:18),",
        "            requests.received.commercial_enterprise (25:21),",
        "            requests.received.research_institution (25:23),",
        "            requests.received.public_welfare_organization (25:25),",
        "            requests.received.legal_service_organization (25:27), requests.received.other (25:29)",
    ]
    assert out.endswith("\n\n2 errors, 0 warnings, 0 notes\n")
    assert err == ""


def test_check_of_a_report_without_fault_is_quiet(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", write(), write(LINES, "lines.txt")]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 0 notes\n"


def test_check_counts_over_all_files(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", write(), write(WRONG, "a.txt"), write(WRONG, "b.txt")]) == 1
    out = capsys.readouterr().out
    assert out.count("\na.txt:25:31: ") + out.startswith("a.txt:25:31: ") == 1
    assert "\nb.txt:25:31: " in out
    assert out.splitlines()[-1] == "4 errors, 0 warnings, 0 notes"


def test_a_warning_alone_does_not_make_check_fail(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", write(TABS.replace("行政许可\t318", "行政许可\t3l8"))]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "report.txt:13:6: GK210 warning: 行政许可: “3l8” is read as 318",
        "   |",
        "13 | 行政许可→ 3l8",
        "   |           ^^^",
        "   = where: proactive.licensing.decisions",
        "",
        "0 errors, 1 warning, 0 notes",
    ]


def test_notes_are_counted_and_printed_when_asked_for(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(TABS.replace("行政强制\t2", "行政强制\t/"))
    assert cli.main(["check", name]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings, 1 note (use --notes to see them)\n"
    assert cli.main(["check", "--notes", name]) == 0
    out = capsys.readouterr().out
    assert out.startswith("report.txt:17:6: GK208 info: 行政强制: ")
    assert out.endswith("\n\n0 errors, 0 warnings, 1 note\n")


def test_check_speaks_chinese(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    name = write(WRONG.replace("行政强制\t2", "行政强制\t/"))
    assert cli.main(["check", "--lang", "zh", name]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "report.txt:25:31: GK303 错误: “一、本年新收政府信息公开申请数量”：12 + 3＝15，总计为16；原文如此"
    )
    assert lines[4].startswith("   = 位置: requests.received.total, ")
    assert lines[-1] == "错误 2 个，警告 0 个，提示 1 条（加 --notes 列出）"
    cli.main(["check", "--lang", "zh", "--notes", name])
    assert capsys.readouterr().out.splitlines()[-1] == "错误 2 个，警告 0 个，提示 1 条"


def test_a_finding_without_a_place_names_the_file_alone(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", write(TABS[: TABS.index("四、政府信息公开行政复议")])]) == 1
    blocks = capsys.readouterr().out.split("\n\n")
    (lost,) = [block for block in blocks if "GK103" in block]
    headline, where = lost.splitlines()
    assert headline.startswith("report.txt: GK103 error: the table of section 四、")
    assert where == "  = where: disputes"


def test_a_suggestion_is_printed_as_help(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    text = TABS.replace(RECEIVED, RECEIVED[:-2])
    assert cli.main(["check", write(text)]) == 0
    out = capsys.readouterr().out
    assert "\n   = help: requests.received.total = 15\n" in out
    assert "→ 0→ \n" not in out, "no line ends in blanks"


def test_findings_come_in_the_order_of_the_text(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    text = WRONG.replace("行政许可\t318", "行政许可\t3l8").replace("1\t0\t0\t1\t2\t", "1\t0\t0\t1\t3\t")
    cli.main(["check", write(text)])
    lines = [
        int(line.split(":")[1])
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("report.txt:")
    ]
    assert lines == sorted(lines)
    assert len(lines) == 4


def test_what_reading_found_is_not_said_again_and_what_else_is_wrong_is(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    more = Diagnostic("GK999", "error", ("requests.carried_forward.total",), text="implausible")

    def check(report: gkparse.Report, **codes: object) -> tuple[Diagnostic, ...]:
        return (*gkparse.check(report), more)

    assert gkparse.check(gkparse.parse(WRONG)), "the arithmetic is found by both"
    monkeypatch.setattr(findings, "check", check)
    assert cli.main(["check", write(WRONG)]) == 1
    out = capsys.readouterr().out
    assert out.count("GK303") == 2
    assert "report.txt: GK999 error: implausible\n" in out
    assert "  = where: requests.carried_forward.total (49:25)\n" in out
    assert out.endswith("\n3 errors, 0 warnings, 0 notes\n")


def test_one_cell_a_line_tells_where_the_other_cells_are(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", write(WRONG.replace("\t", "\r\n").encode())]) == 1
    number = LINES[: LINES.index("二、上年结转")].count("\n")
    assert capsys.readouterr().out.split("\n\n")[0].splitlines()[1:] == [
        "   |",
        f"{number} | 16",
        "   | ^^",
        f"   = where: requests.received.total, requests.received.natural_person ({number - 6}:1),",
        f"            requests.received.commercial_enterprise ({number - 5}:1),",
        f"            requests.received.research_institution ({number - 4}:1),",
        f"            requests.received.public_welfare_organization ({number - 3}:1),",
        f"            requests.received.legal_service_organization ({number - 2}:1), requests.received.other ({number - 1}:1)",
    ]


# ---------------------------------------------------------------- the printed text and its carets


def excerpt(text: str, start: int, end: int, *others: tuple[int, int]) -> list[str]:
    """The lines of a place in a text, each with its number, as `check` shows them."""
    span, *more = (gkparse.Span.of(text, *place) for place in ((start, end), *others))
    return [f"{number:>3} {line}".rstrip() for number, line in findings._excerpt(text, span, more)]


def test_carets_stand_under_the_printed_text_whatever_its_width() -> None:
    assert excerpt("总计 abc １６ x", 7, 9) == ["  1 总计 abc １６ x", "             ^^^^"]
    assert excerpt("e\u0301 16", 3, 5) == ["  1 e\u0301 16", "      ^^"]


def test_tabs_are_seen_and_a_caret_stands_where_nothing_is_printed() -> None:
    text = "重复申请\t\t3\t"
    assert excerpt(text, 5, 5) == ["  1 重复申请→ → 3→", "              ^^"]
    assert excerpt(text, 8, 8) == ["  1 重复申请→ → 3→", "                   ^"]
    assert excerpt("", 0, 0) == ["  1", "    ^"]
    assert excerpt("1  2", 1, 3) == ["  1 1  2", "     ^"]


def test_blanks_around_the_printed_text_have_no_caret() -> None:
    assert excerpt("甲\t 16 \t", 1, 6) == ["  1 甲→  16 →", "         ^^"]


def test_the_line_of_a_place_is_found_and_its_end_is_not_shown() -> None:
    text = "甲\r\n乙 16\r\n丙"
    assert excerpt(text, 5, 7) == ["  2 乙 16", "       ^^"]
    assert excerpt(text, 5, 8) == ["  2 乙 16", "       ^^"], "the end of a line is not its text"


def test_other_cells_on_the_line_are_underlined() -> None:
    assert excerpt("甲\t1\t2\t4\n乙\t9", 6, 7, (2, 3), (4, 5), (10, 11)) == [
        "  1 甲→ 1→ 2→ 4",
        "        -  -  ^",
    ]


@pytest.mark.parametrize("before", ["", "前" * 30, "前" * 500])
@pytest.mark.parametrize("after", ["", "后" * 30, "后" * 500])
def test_a_long_line_is_cut_to_a_window_around_the_place(before: str, after: str) -> None:
    text = f"{before}1234{after}"
    line, carets = excerpt(text, len(before), len(before) + 4)
    assert width(line) <= 100
    at = carets.index("^^^^")
    assert width(line[: line.index("1234")]) == at
    cut = line[4:].startswith("…"), line.endswith("…")
    assert cut == (line.count("前") < len(before), line.count("后") < len(after))
    assert len(before) < 30 or line.count("前") >= 20
    assert len(after) < 30 or line.count("后") >= 20


def test_a_place_longer_than_the_window_is_cut() -> None:
    line, carets = excerpt("甲" * 400, 100, 300)
    assert line == "  1 …" + "甲" * 46 + "…"
    assert carets == "     " + "^" * 92


def test_a_place_of_several_lines_shows_them_all() -> None:
    assert excerpt("x\n1\n\n 23\n4\ny", 2, 10) == [
        *("  2 1", "    ^"),
        "  3",
        *("  4  23", "     ^^"),
        *("  5 4", "    ^"),
    ]


def test_of_a_place_of_many_lines_the_middle_is_left_out() -> None:
    text = "\n".join(map(str, range(20)))
    assert excerpt(text, text.index("2"), text.index("15") + 1) == [
        *("  3 2", "    ^"),
        *("  4 3", "    ^"),
        "...",
        *(" 16 15", "    ^"),
    ]


def test_a_huge_line_costs_no_more_than_its_window() -> None:
    text = "一" * 2_000_000 + "16" + "\t0" * 1_000_000
    line, _ = excerpt(text, 2_000_000, 2_000_002)
    assert width(line) <= 100


# ---------------------------------------------------------------- hostile text


HOSTILE = (
    WRONG.replace("青禾县林业局2023", "青禾县\x1b]0;x\x07林业局2023")
    .replace("行政许可\t318", "行政许可\x9b2J\t3.5\x1b[2J\u202e")
    .replace("\t16\n", "\t16\x1b[31m\n")
    .replace("重复申请\t1", "重复申请\x08\t\x1b1\x00")
)


@pytest.mark.parametrize("command", [["show"], ["check", "--notes"], ["check", "--lang", "zh"]])
def test_text_of_a_report_never_steers_the_terminal(
    command: list[str], write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main([*command, write(HOSTILE, "r\x1b[1m.txt")])
    out, err = capsys.readouterr()
    assert not set("\x1b\x9b\x07\x08\x00\r\u202e") & set(out + err)
    assert "\t" not in out


def test_messages_of_errors_are_made_harmless_too(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    write()
    assert cli.main(["show", "missing\x1b[2J\n.txt"]) == 1
    assert capsys.readouterr().err == (
        "gkparse: missing␛[2J␊.txt: No such file or directory\n"
    )


def test_json_escapes_what_could_steer_a_terminal(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["parse", write(HOSTILE)]) == 0
    assert "\x1b" not in capsys.readouterr().out


# ---------------------------------------------------------------- the command itself


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"gkparse {gkparse.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["parse", "-h"], ["show", "-h"], ["check", "-h"]])
def test_help_is_in_chinese_and_english(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: gkparse ")
    assert any("一" <= character <= "鿿" for character in out)
    assert len(out.splitlines()) < 25


@pytest.mark.parametrize(
    "arguments",
    [[], ["read"], ["parse"], ["check"], ["show", "--notes", "x"], ["check", "--lang", "fr", "x"]],
)
def test_misuse_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: gkparse")


def test_nothing_is_written_but_to_the_standard_streams(write: Write, tmp_path: Path) -> None:
    write(WRONG)
    for command in ("parse", "show", "check"):
        cli.main([command, "report.txt"])
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


def test_python_m_gkparse_is_the_same_command(write: Write) -> None:
    done = run("check", write(WRONG), "-", data=TABS.encode())
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == "2 errors, 0 warnings, 0 notes"
    assert done.stderr == b""
    assert run().returncode == 2


def test_json_is_utf_8_whatever_the_locale(write: Write) -> None:
    done = run("parse", write(), encoding="gbk")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode())["agency"] == "青禾县林业局"


@pytest.mark.parametrize("command", ["show", "check", "--help"])
def test_an_output_without_chinese_is_no_failure(command: str, write: Write) -> None:
    done = run(command, write(WRONG), encoding="ascii")
    assert b"Traceback" not in done.stderr
    assert b"\\u" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes on POSIX alone")
def test_a_file_name_that_is_no_text_is_no_failure(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    try:
        Path(name).write_text(WRONG, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    done = run("parse", name, name)
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["source"] == name
    assert b"/<U+DCFF>.txt:25:31: " in run("check", name).stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
@pytest.mark.parametrize("command", ["parse", "show", "check"])
def test_a_reader_that_closes_the_pipe_ends_it_quietly(command: str, write: Write) -> None:
    name = write(WRONG)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(command, *[name] * 8, stdout=writing)
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
def test_after_a_closed_pipe_nothing_more_is_written_to_it(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert cli.main(["check", write(WRONG)]) == 0
        closed.write("more")
        closed.flush()  # goes nowhere, as it does when Python ends
    monkeypatch.undo()


class Failing(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_an_output_that_fails_is_one_line_and_1(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", Failing())
        assert cli.main(["parse", name]) == 1
    assert capsys.readouterr().err == "gkparse: [Errno 28] No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_output_that_is_full_is_one_line_and_1(write: Write) -> None:
    name = write()
    with Path("/dev/full").open("wb") as full:
        done = run("parse", name, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["gkparse: [Errno 28] No space left on device"]


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    def interrupted(text: str) -> gkparse.Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read", interrupted)
    assert cli.main(["parse", write()]) == 130


def test_a_closed_standard_output_is_no_failure(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = write(WRONG)
    monkeypatch.setattr(sys, "stdout", None)
    assert [cli.main([command, name]) for command in ("parse", "show", "check")] == [0, 0, 1]


def test_the_command_does_not_begin_where_its_module_is_only_imported() -> None:
    before = sys.modules.pop("gkparse.__main__", None)
    assert importlib.import_module("gkparse.__main__") is not before


def test_of_many_cells_those_of_zero_are_counted_and_one_without_a_place_is_named() -> None:
    text = (Path(__file__).parents[1] / "examples" / "qinghe-2023.txt").read_text(encoding="utf-8")
    text = text.replace("行政强制\t5\t\t\n", "")
    report = gkparse.parse(text)
    cells = [(path, cell) for path, cell in report.cells() if path.startswith("requests.outcomes.")]
    zeros = [path for path, cell in cells if cell.value == 0]
    others = [path for path, cell in cells if cell.value][:3]
    lost = "proactive.compulsory_measures.decisions"
    found = Diagnostic("ZZ901", "info", (*others, *zeros, lost))
    lines = " ".join(line.strip() for line in findings.finding_lines("a", report, found, "en", Ink()))
    assert f"and {len(zeros)} cells of 0" in lines
    assert zeros[0] not in lines
    assert all(path in lines for path in (*others, lost))
