"""What stands around the code: the wheel, both kinds of install, and pages that quote a run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import metadata, version
from pathlib import Path

import pytest

import gkparse

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "qinghe-2023.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]

checkout = pytest.mark.skipif(
    not (ROOT / "src" / "gkparse").is_dir(), reason="builds from the sources, which are not here"
)


_OWN = {"PYTHONPATH", "COLUMNS"}


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints; it is not to look at this process's own import path."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    environment |= {"PYTHONUTF8": "1", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        command, cwd=cwd, env=environment, check=False, encoding="utf-8", stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_installed_version_is_that_of_the_module() -> None:
    assert version("gkparse") == gkparse.__version__


# ---------------------------------------------------------------- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


@checkout
def test_the_wheel_holds_the_package_whole_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    package = ROOT / "src" / "gkparse"
    sources = {
        f"gkparse/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    grammars = {f"gkparse/grammars/{path.name}" for path in (ROOT / "grammars").iterdir()}
    assert "gkparse/grammars/report.lark" in grammars
    assert "gkparse/py.typed" in sources
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == sources | grammars


@checkout
def test_the_wheel_states_version_licence_and_command(wheel: zipfile.ZipFile) -> None:
    about = f"gkparse-{gkparse.__version__}.dist-info"
    assert f"Version: {gkparse.__version__}\n" in wheel.read(f"{about}/METADATA").decode()
    assert b"Apache License" in wheel.read(f"{about}/licenses/LICENSE")
    assert b"gkparse = gkparse.cli:main" in wheel.read(f"{about}/entry_points.txt")


@checkout
def test_the_wheel_names_no_lower_dependency_than_pyproject_and_no_other(wheel: zipfile.ZipFile) -> None:
    about = wheel.read(f"gkparse-{gkparse.__version__}.dist-info/METADATA").decode()
    needed = re.findall(r"^Requires-Dist: ([^;\n]+)$", about, re.MULTILINE)
    assert sorted(needed) == sorted(PROJECT["project"]["dependencies"])
    assert re.findall(r"^Provides-Extra: (.+)$", about, re.MULTILINE) == sorted(EXTRAS)


# ---------------------------------------------------------------- the source distribution

@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in the source distribution, without its folder."""
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.tar.gz")
    with tarfile.open(path) as packed:
        return {name.partition("/")[2] for name in packed.getnames()}


@checkout
@pytest.mark.parametrize("part", [
    "src", "grammars", "tests", "typing_tests", "docs", "examples", "fuzz", "benchmarks",
])
def test_the_source_distribution_holds_all_that_its_tests_read(sdist: set[str], part: str) -> None:
    made = {".pyc", ".pyo"}
    there = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / part).rglob("*")
        if path.is_file() and path.suffix not in made and not any(
            folder.startswith(".") for folder in path.relative_to(ROOT).parts
        )
    }
    assert len(there) > 0
    assert there - sdist == set()


@checkout
def test_the_source_distribution_holds_the_pages_beside_it_and_nothing_of_a_machine(sdist: set[str]) -> None:
    pages = {path.name for path in ROOT.glob("*.md")} | {"LICENSE", "CITATION.cff", "pyproject.toml"}
    assert {"README.md", "CHANGELOG.md", "SECURITY.md", "CONTRIBUTING.md"} <= pages <= sdist
    unwanted = re.compile(r"(^|/)(\.venv|\.git|\.hypothesis|__pycache__|\.mypy_cache|dist)/|\.pyc$")
    assert [name for name in sdist if unwanted.search(name)] == []


# ---------------------------------------------------------------- what is needed


def test_only_three_packages_are_needed() -> None:
    named = [re.split(r"[<>=!~\[ ]", each)[0] for each in PROJECT["project"]["dependencies"]]
    assert named == ["attrs", "lark", "opencc-python-reimplemented"]


def test_the_extra_all_is_all_but_what_only_tests_need() -> None:
    (every,) = EXTRAS["all"]
    assert every == f"gkparse[{','.join(name for name in EXTRAS if name not in ('all', 'testing'))}]"


@pytest.mark.parametrize("extra", [name for name in EXTRAS if name != "all"])
def test_every_extra_has_a_lowest_version_and_is_named_where_it_is_missed(extra: str) -> None:
    assert all(re.fullmatch(r"[\w-]+>=[\d.]+", each) for each in EXTRAS[extra])
    named = f"gkparse[{extra}]"
    sources = Path(gkparse.__file__).parent.rglob("*.py")
    said = any(named in path.read_text(encoding="utf-8") for path in sources)
    # Without rich a bar is plain, and without hypothesis there is nothing to say it in.
    assert said or extra in ("progress", "testing")


def test_no_version_of_a_dependency_is_written_down_twice() -> None:
    wanted = [
        each
        for part in (PROJECT["project"]["dependencies"], *EXTRAS.values(), *PROJECT["dependency-groups"].values())
        for each in part if isinstance(each, str) and ">=" in each
    ]
    names = [re.split(r"[<>=\[]", each)[0].lower() for each in wanted]
    assert sorted(names) == sorted(set(names))


def test_the_installed_package_says_for_which_pythons_it_is() -> None:
    said = metadata("gkparse")
    assert said["Requires-Python"] == PROJECT["project"]["requires-python"]
    versions = re.findall(r"Python :: (3\.\d+)", "\n".join(said.get_all("Classifier") or ()))
    assert versions[0] == said["Requires-Python"].removeprefix(">=")
    assert versions == [f"3.{minor}" for minor in range(11, 11 + len(versions))]


# ---------------------------------------------------------------- installs

# Run in the new environment; prints where the package came from.
LOADS_THE_GRAMMAR = """
import sys, pathlib, gkparse
report = gkparse.parse(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
assert report.requests.received.total == 57, report
print(pathlib.Path(gkparse.__file__).parent)
"""


@checkout
@pytest.mark.parametrize("editable", [True, False], ids=["editable", "wheel"])
def test_an_install_loads_the_grammar(editable: bool, tmp_path: Path) -> None:
    pytest.importorskip("pip", reason="installs with pip, which is not here")
    home = tmp_path / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path)
    (python,) = (*home.glob("bin/python"), *home.glob("Scripts/python.exe"))
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-I", "-c", where, cwd=tmp_path).strip())
    # What gkparse needs is lent by this environment, behind what will be installed in the new one.
    lent = run(sys.executable, "-I", "-c", where, cwd=tmp_path)
    packages.joinpath("zz_lent.pth").write_text(lent, encoding="utf-8")
    options = ["--no-deps", "--no-build-isolation", "--ignore-installed", "--no-index"]
    source = ["-e", ROOT] if editable else [ROOT]
    run(sys.executable, "-m", "pip", "--python", python, "install", *options, *source, cwd=tmp_path)
    told = run(python, "-I", "-c", LOADS_THE_GRAMMAR, EXAMPLE, cwd=tmp_path).strip()
    expected = ROOT / "src" / "gkparse" if editable else packages / "gkparse"
    assert Path(told).resolve() == expected.resolve()


# ---------------------------------------------------------------- pages


def test_the_pages_of_diagnostics_are_current() -> None:
    made = run(
        sys.executable, "-c",
        "import json, runpy; print(json.dumps(runpy.run_path('docs/generate.py')['pages']()))",
        cwd=ROOT,
    )
    docs = ROOT / "docs"
    there = ["diagnostics.md", *(f"diagnostics/{path.name}" for path in docs.glob("diagnostics/*.md"))]
    written = {name: docs.joinpath(name).read_text(encoding="utf-8") for name in there}
    assert json.loads(made) == written, "run python docs/generate.py"


_CONSOLE = re.compile(r"^```console\n\$ (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
_SHOWN = [
    pytest.param(found[1], found[2], id=f"{page.name}: {found[1]}")
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for found in _CONSOLE.finditer(page.read_text(encoding="utf-8"))
]


@pytest.mark.skipif(os.name == "nt", reason="the pages show a POSIX shell")
@pytest.mark.parametrize(("command", "shown"), _SHOWN)
def test_a_command_prints_what_its_page_shows(command: str, shown: str) -> None:
    """A line of `…` stands for any lines."""
    gkparse_here = f'gkparse() {{ "{sys.executable}" -m gkparse "$@"; }}; '
    printed = run("sh", "-c", f"{gkparse_here}{command} || [ $? -eq 1 ]", cwd=ROOT)
    pattern = "(?:.*\n)*".join(map(re.escape, re.split(r"^…\n", shown, flags=re.MULTILINE)))
    assert re.fullmatch(pattern, printed), printed


def test_the_changelog_tells_of_this_version() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\n## [{gkparse.__version__}]" in changes


def test_a_citation_names_this_version() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {gkparse.__version__}\n" in cited
    assert f"\nlicense: {PROJECT['project']['license']}\n" in cited
