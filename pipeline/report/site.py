"""`veille report`: a run as a folder of pages that open from disk, without network or server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.report.addresses import article_page, entity_page, name_shards, show_controls, web_address
from pipeline.report.facts import Facts, load_facts
from pipeline.report.marks import names_of, number, show_amount
from pipeline.report.pages import all_pages
from pipeline.tables.derived import REPORT, REPORT_MARK

_HERE = Path(__file__).parent


def write_report(folder: Path, to: Path | None = None) -> Path:
    """The overview page of the report on the run in `folder`, written to `to` (`folder/report` by default).

    A report that stands there is replaced as a whole. Raises UsageError where the folder holds no run, where `to` is a folder of
    something else, and where Jinja2 is missing.
    """
    goal = to or folder / REPORT
    if goal.exists() and not (goal / REPORT_MARK).exists():
        raise UsageError(f"{goal} is there and is no report: name another folder with --to")
    facts = load_facts(folder)
    templates = _environment(facts)
    staging = goal.with_name(f".{goal.name}.part")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        _write_pages(facts, templates, staging)
        _write_assets(facts, staging)
        shutil.rmtree(goal, ignore_errors=True)
        staging.replace(goal)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return goal / "index.html"


def _write_pages(facts: Facts, templates: Any, folder: Path) -> None:
    for name in ("a", "e", "assets/names"):
        (folder / name).mkdir(parents=True)
    for page in all_pages(facts):
        root = "../" * page.path.count("/")
        html = templates.get_template(page.template).render(page.values, root=root, page=page.path)
        (folder / page.path).write_text(html, encoding="utf-8")


def _write_assets(facts: Facts, folder: Path) -> None:
    for name in ("report.css", "report.js"):
        shutil.copyfile(_HERE / "static" / name, folder / "assets" / name)
    for name, script in name_shards(facts).items():
        (folder / "assets" / name).write_text(script, encoding="utf-8")
    (folder / REPORT_MARK).write_text("written by veille report; the folder is replaced as a whole\n", encoding="utf-8")


def _environment(facts: Facts) -> Any:
    """The templates, escaping everything; characters that would reorder the page are written out."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise UsageError("veille report needs jinja2: pip install 'veille[report]'") from error
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=show_controls,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "facts": facts,
        "article_page": article_page,
        "entity_page": entity_page,
        "web_address": web_address,
        "names_of": names_of,
    }
    environment.filters |= {"amount": lambda row: _unbroken(show_amount(row)), "euros": _euros, "digits": lambda n: number(n, n)}
    return environment


def _euros(row: Any) -> str:
    return "" if row is None or row["eur_max"] is None else _unbroken(number(row["eur_min"], row["eur_max"])) + "\u202f€"


def _unbroken(amount: str) -> str:
    """The amount with no-break spaces; a range alone may go on in a line of its own, so that its column stays narrow."""
    return amount.replace(" ", "\u00a0").replace("\u00a0to\u00a0", " to\u00a0")
