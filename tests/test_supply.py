"""What is installed: the hashes are for the versions that are tested, and cover all that a run needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from benchmarks.supply.advisories import HOLES, NONE_KNOWN, NOT_ASKED, judge

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([\w.-]+)==(\S+)(.*)$", re.MULTILINE)


def plain(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, tuple[str, str]]:
    """The packages of a file: name → version, and what follows."""
    found = PIN.findall((ROOT / file).read_text(encoding="utf-8").replace("\\\n", ""))
    return {plain(name): (version, rest) for name, version, rest in found}


def test_every_pin_has_a_hash() -> None:
    assert [name for name, (_, rest) in pins("requirements.txt").items() if "--hash=sha256:" not in rest] == []


def test_the_hashes_are_for_the_versions_that_are_tested() -> None:
    tested = {name: version for name, (version, _) in pins("constraints.txt").items()}
    hashed = {name: version for name, (version, _) in pins("requirements.txt").items() if name != "setuptools"}
    assert {name: version for name, version in hashed.items() if tested.get(name) != version} == {}


def test_all_that_a_run_needs_has_its_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["report"]]
    names = {plain(re.match(r"[\w.-]+", line)[0]) for line in needed}  # type: ignore[index]
    assert names - set(pins("requirements.txt")) == set(), "make constraints"


def test_no_file_names_an_index() -> None:
    told = "".join((ROOT / file).read_text(encoding="utf-8") for file in ("requirements.txt", "constraints.txt"))
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", told)


SOUND = {"name": "lxml", "version": "6.0", "vulns": []}
HOLED = {
    "name": "rich",
    "version": "13.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["13.1"], "aliases": [], "description": ""}],
}
UNASKED = {"name": "zict", "skip_reason": "Dependency not found on PyPI and could not be audited: zict (3.0)"}


@pytest.mark.parametrize(
    ("packages", "code", "lines"),
    [
        pytest.param([SOUND], NONE_KNOWN, ["1 packages asked for, 0 holes known"], id="none known"),
        pytest.param(
            [SOUND, HOLED], HOLES, ["rich 13.0: PYSEC-1, mended in 13.1", "2 packages asked for, 1 holes known"], id="a hole"
        ),
        pytest.param(
            [SOUND, UNASKED],
            NONE_KNOWN,
            ["1 packages asked for, 0 holes known", "the service does not know zict"],
            id="one that the service does not know",
        ),
        pytest.param(
            [UNASKED],
            NOT_ASKED,
            ["NOT ASKED, no service could be reached; ask again where there is a connection"],
            id="no service",
        ),
        pytest.param(
            [], NOT_ASKED, ["NOT ASKED, no service could be reached; ask again where there is a connection"], id="no answer"
        ),
    ],
)
def test_what_could_not_be_asked_is_no_hole_and_not_well_either(
    packages: list[dict[str, object]], code: int, lines: list[str]
) -> None:
    assert judge(packages) == (code, [f"advisories: {line}" for line in lines])
