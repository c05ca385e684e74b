"""Known holes in the packages that requirements.txt pins, as the advisory services tell them; needs pip-audit and a connection.

.venv/audit/bin/python -m benchmarks.supply.advisories requirements.txt

Leaves with 0 where no hole is known, 1 where some are, 3 where no service could be asked: a different thing, and said so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SERVICES = ("pypi", "osv")
"""Asked in turn, until one answers."""
NONE_KNOWN, HOLES, NOT_ASKED = 0, 1, 3


def judge(packages: Sequence[Mapping[str, Any]]) -> tuple[int, list[str]]:
    """The exit code and the lines to print, of the `dependencies` in pip-audit's JSON; none where no service answered.

    A service that knows not one of the packages was not reached; one that does not know some is told by their names.
    """
    asked = [package for package in packages if "skip_reason" not in package]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    if not asked:
        return NOT_ASKED, ["advisories: NOT ASKED, no service could be reached; ask again where there is a connection"]
    holes = [
        f"advisories: {package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none'}"
        for package in asked
        for hole in package["vulns"]
    ]
    told = [f"advisories: {len(asked)} packages asked for, {len(holes)} holes known"]
    told += [f"advisories: the service does not know {', '.join(unknown)}"] if unknown else []
    return HOLES if holes else NONE_KNOWN, [*holes, *told]


def ask(service: str, pins: str) -> list[dict[str, Any]]:
    """What a service says of the packages; empty where it did not answer."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        options = ["--require-hashes", "--disable-pip", "--progress-spinner=off", "--timeout=15"]
        command = [sys.executable, "-m", "pip_audit", f"--vulnerability-service={service}", *options]
        command += ["--requirement", pins, "--format=json", f"--output={report}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not report.is_file():
            sys.stderr.write(f"{service}: {(done.stderr.strip() or 'no answer').splitlines()[-1]}\n")
            return []
        packages: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
        return packages


def main(pins: str) -> int:
    """Ask, print, and say by the exit code how it went."""
    for service in SERVICES:
        code, lines = judge(ask(service, pins))
        if code != NOT_ASKED:
            break
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
