"""What is installed: the hashes are for the versions that are tested, and cover all that a run needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

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
