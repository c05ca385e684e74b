"""Thirty-eight seeded mistakes: each is told with its file, line and column, what is wrong, and how to mend it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.lexicon import load_lexicon
from pipeline.workbench.check import check_folder, read_folder

LEXICON = load_lexicon()
NAMES = """about: our companies
rules:
  - id: org-farm-before
    finds: ORG
    stands: before
    phrases: [ferme verticale]
    assigns: {reach: far, kind: farm}
    examples:
      - "La ferme verticale [Salicorne](farm) recrute."
    refusals:
      - "La ferme verticale a fermé."
"""
DATES = """about: our days
atoms:
  bookfair: "Foire aux Écrans"
rules:
  - id: date-fair
    finds: date
    pattern: "à la {bookfair}"
    assigns: {value: "2024-06"}
    examples:
      - "Elle parlera [à la Foire aux Écrans](2024-06)."
"""
AMOUNTS = """about: our sums
rules:
  - id: money-pistole
    finds: money
    reads: money
    pattern: "(?P<number>\\\\d+) (?P<unit>euros)"
    priority: 99
    examples: ["Il lui doit [12 euros](12 EUR)."]
"""
FURNITURE = """about: our pages
rules:
  - id: next-chapter
    finds: furniture
    ignore_case: true
    pattern: "chapitre suivant"
    assigns: {scope: weak}
    examples: ["[Chapitre suivant]"]
"""
ENTRIES = """canonical,type,kind,country,since,aliases,needs_context,former,wikidata
Salicorne,ORG,farm,FR,,Sali,,,
Brisures,ORG,farm,FR,,Brise|Bris,Bris,,
"""
FILES = {
    "rules/names_organisations.yaml": NAMES,
    "rules/dates.yaml": DATES,
    "rules/amounts.yaml": AMOUNTS,
    "rules/boilerplate.yaml": FURNITURE,
    "gazetteers/ours.csv": ENTRIES,
}
ORG, DATE, AMOUNT, PAGE, CSV = FILES
PATTERN = 'pattern: "à la {bookfair}"'


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def mistakes(folder: Path) -> list[str]:
    found = check_folder(read_folder(folder, LEXICON), LEXICON, time.process_time)
    return [str(mistake).removeprefix(f"{folder}/") for mistake in found]


def test_a_folder_that_is_well_has_no_mistakes(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert mistakes(tmp_path) == []


def test_the_built_in_rules_are_well() -> None:
    assert check_folder(read_folder(None, LEXICON), LEXICON, time.process_time) == ()


SEEDED = [
    pytest.param(ORG, "phrases:", "phrase:", ":6:5: unknown key 'phrase' (did you mean 'phrases'?)", id="unknown key"),
    pytest.param(ORG, "about:", "abuot:", ":1:1: unknown key 'abuot' (did you mean 'about'?)", id="unknown key of the file"),
    pytest.param(ORG, "finds: ORG", "finds: ROG", ":3:5: rule 'org-farm-before' finds 'ROG'", id="unknown type"),
    pytest.param(ORG, "before\n", "befor\n", ":5:13: stands: Input should be 'before' or 'after'", id="neither before nor after"),
    pytest.param(
        ORG, "reach:", "raech:", "assigns 'raech', which names_organisations does not know (did you mean 'reach'?)", id="key"
    ),
    pytest.param(
        ORG, "reach: far", "reach: fra", "reach 'fra', which names_organisations does not know (did you mean 'far'", id="word"
    ),
    pytest.param(ORG, "id: org-farm", "id: Org_Farm", ":3:9: id: String should match", id="an id that is not kebab-case"),
    pytest.param(
        ORG, "[ferme verticale]", "[ferme verticale, ferme verticale]", "phrase 'ferme verticale' stands twice", id="phrase"
    ),
    pytest.param(ORG, "[Salicorne](farm)", "Salicorne", ":9:9: no [marked] span", id="an example without a mark"),
    pytest.param(ORG, "    examples:\n      - ", "    note: ", ":3:5: rule 'org-farm-before' brings no example", id="no example"),
    pytest.param(ORG, "rules:", "rules: [", ":3:3: did not find expected node content", id="broken YAML"),
    pytest.param(
        ORG, "    finds: ORG\n", "    finds: ORG\n    finds: PER\n", ":5:5: key 'finds' stands on line 4 already", id="key twice"
    ),
    pytest.param(
        DATE, "{bookfair}", "{bookfiar}", ":7:14: unknown atom 'bookfiar' (did you mean 'bookfair'?)", id="unknown atom"
    ),
    pytest.param(DATE, '"Foire aux Écrans"', '"Foire (aux Écrans"', ":3:13: atom 'bookfair': missing )", id="bad atom"),
    pytest.param(DATE, '"à la {bookfair}"', '"à la ({bookfair}"', ":7:14: rule 'date-fair': missing )", id="bad pattern"),
    pytest.param(DATE, 'value: "2024-06"', "value: 2024", ":8:22: assigns.value: Input should be a valid string", id="no string"),
    pytest.param(
        DATE,
        "finds: date\n",
        "finds: date\n    reads: moth\n",
        "reads 'moth', which nothing interprets (did you mean 'month'",
        id="reads",
    ),
    pytest.param(
        DATE, "id: date-fair", "id: money", ":5:5: rule id 'money' stands in amounts.yaml already", id="id of another theme"
    ),
    pytest.param(
        DATE, '"à la {bookfair}"', '"à la {bookfair}(?:\\\\w+ ?)*!|à la {bookfair}"', "pattern is of catastrophic cost", id="cost"
    ),
    pytest.param(
        AMOUNT, "priority: 99", "priority: 990", ":7:15: priority: Input should be less than or equal to 100", id="priority"
    ),
    pytest.param(
        DATE, PATTERN, "tokens: [{LOWR: foire}]", ":7:15: unknown key 'LOWR' (did you mean 'LOWER'?)", id="key of a token"
    ),
    pytest.param(
        DATE, PATTERN, "tokens: [{}, {LEMMA: foire}]", ":7:19: unknown key 'LEMMA' (no tagger is run: list the forms", id="lemma"
    ),
    pytest.param(DATE, PATTERN, "tokens: [{ATOM: bookfiar}]", ":7:14: unknown atom 'bookfiar' (did you mean", id="token's atom"),
    pytest.param(DATE, PATTERN, "tokens: [{LOWER: Foire}]", "LOWER: 'Foire' has capitals (write 'foire')", id="capital"),
    pytest.param(
        DATE, PATTERN, f"{PATTERN}\n    tokens: [{{LOWER: foire}}]", "needs one of pattern, phrases and tokens", id="two ways"
    ),
    pytest.param(
        DATE, PATTERN, f"{PATTERN}\n    unless: {{befor: x}}", ":8:14: unknown key 'befor' (did you mean 'before'?)", id="unless"
    ),
    pytest.param(
        DATE, PATTERN, f"{PATTERN}\n    same sentense: x", ":8:5: unknown key 'same sentense' (did you mean", id="context"
    ),
    pytest.param(DATE, PATTERN, f"{PATTERN}\n    same article: '('", ":8:19: rule 'date-fair': missing )", id="bad context"),
    pytest.param(AMOUNT, "    reads: money\n", "", ":3:5: rule 'money-pistole' names no interpreter", id="no interpreter"),
    pytest.param(AMOUNT, "priority: 99", "priority: 70", "'money-pistole' and 'money' want one span at priority 70", id="a tie"),
    pytest.param(AMOUNT, "priority: 99", "priority: 1", "rule 'money-pistole' is dead: 'money' wins", id="dead"),
    pytest.param(
        PAGE,
        "scope: weak",
        "scope: week",
        "assigns scope 'week', which boilerplate does not know (did you mean 'weak'",
        id="scope",
    ),
    pytest.param(PAGE, "    assigns: {scope: weak}\n", "", "does not assign 'scope', as all of boilerplate do", id="no scope"),
    pytest.param(CSV, "kind,country", "kinds,country", ":1: unknown column 'kinds' (did you mean 'kind'?)", id="unknown column"),
    pytest.param(
        CSV, "Salicorne,ORG", "Salicorne,ORGA", ":2: unknown type 'ORGA' (did you mean 'ORG'?)", id="unknown entity type"
    ),
    pytest.param(CSV, "Brise|Bris", "Sali|Bris", ":3: alias 'Sali' stands on line 2 already", id="repeated alias"),
    pytest.param(
        CSV, "Sali,,", "Mistral AI,,", "alias 'Mistral AI' of 'Salicorne' is a form of 'Mistral AI'", id="another's alias"
    ),
    pytest.param(CSV, ",Bris,", ",Brix,", ":3: needs_context names 'Brix', which is no form of 'Brisures'", id="stray form"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), SEEDED)
def test_a_mistake_is_told_with_its_place_and_mend(file: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in FILES[file]
    write(tmp_path, {**FILES, file: FILES[file].replace(old, new)})
    told = mistakes(tmp_path)
    assert any(one.startswith(file) and message in one for one in told), told


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ("", ["rule 'per-farmer-before': phrase 'ferme verticale du' takes the place of one of 'org-farm-before'"]),
        ("\n    after: ', '", []),
    ],
    ids=["the same cue but for an article", "one of the two has a context"],
)
def test_a_cue_of_two_themes_is_told(context: str, told: list[str], tmp_path: Path) -> None:
    farmer = NAMES.replace("org-farm", "per-farmer").replace("finds: ORG", f"finds: PER{context}")
    farmer = farmer.replace("ferme verticale]", "ferme verticale du]").replace("{reach: far, kind: farm}", "{reach: far}")
    organisations = NAMES.replace("ferme verticale]", "ferme verticale de]")
    write(tmp_path, {ORG: organisations, "rules/names_people.yaml": farmer})
    assert [one.partition(": ")[2].partition(" in names_")[0] for one in mistakes(tmp_path)] == told


def test_a_theme_that_nothing_reads_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"rules/names_organizations.yaml": NAMES})
    (told,) = mistakes(tmp_path)
    assert "nothing reads rules of the theme 'names_organizations' (did you mean 'names_organisations'?)" in told


def test_no_run_starts_with_rules_that_nothing_reads(tmp_path: Path) -> None:
    write(tmp_path, {"rules/date.yaml": DATES})
    with pytest.raises(DataError, match=r"date\.yaml: nothing reads rules of the theme 'date' \(did you mean 'dates'\?\)"):
        load_lexicon((tmp_path,))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """So is one that holds rules where nobody looks for them (`--rules my-rules/rules`)."""
    write(tmp_path, {"dates.yaml": DATES})
    for read in (lambda: read_folder(tmp_path, LEXICON), lambda: load_lexicon((tmp_path,))):
        with pytest.raises(DataError, match=r"no rules, gazetteers or word lists in it \(put rules/<theme>\.yaml, "):
            read()
