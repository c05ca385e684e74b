"""Decisions: what every run obeys, what it says of them, and what stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.deduplicate.decisions import Decision, load_decisions, reference, save_decision, singled_out
from pipeline.deduplicate.entities import Resolution, resolve_entities
from pipeline.deduplicate.ids import Previous
from pipeline.errors import DataError
from pipeline.lexicon import Lexicon
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked

HEADER = "left,right,judgement,who,when,why\n"
ARTICLES = [
    marked("a", "[ORG Brumeval Data] et [ORG Vélora] recrutent."),
    marked("b", "[ORG BRUMEVAL DATA] et [ORG Ostrane] recrutent."),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


def write(folder: Path, *lines: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def told(resolution: Resolution) -> list[tuple[str, str]]:
    return [(link.entity_id, link.reason) for link in resolution.links]


def test_same_joins_and_says_so(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:velora,ORG:Ostrane,same,Ana,2026-11-21,one address"))
    why = "decided by Ana on 2026-11-21, decisions.csv line 2: one address"
    assert told(resolve_entities(ARTICLES, lexicon, decisions=decisions))[1::2] == [
        ("org:ostrane", f"named Vélora; the same as Ostrane, {why}"),
        ("org:ostrane", f"named Ostrane; the same as Vélora, {why}"),
    ]


def test_same_joins_two_things_of_the_gazetteer(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:google,org:alphabet,same,Ana,2026-11-21,"))
    resolution = resolve_entities([marked("a", "[ORG Google], [ORG Google] et [ORG Alphabet]")], lexicon, decisions=decisions)
    assert [(entity.entity_id, entity.name) for entity in resolution.entities] == [("org:google", "Google")]


def test_different_parts_what_the_rules_would_join(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:google,ORG:Google Ireland,different,Ana,2026-11-21,a subsidiary"))
    articles = [marked("a", "[ORG Google] et [ORG Google Ireland]")]
    assert told(resolve_entities(articles, lexicon, decisions=decisions)) == [
        ("org:google", "named Google; not Google Ireland, decided by Ana on 2026-11-21, decisions.csv line 2: a subsidiary"),
        (
            "org:google-ireland",
            "named Google Ireland; not Google, decided by Ana on 2026-11-21, decisions.csv line 2: a subsidiary",
        ),
    ]


def test_different_parts_a_short_form_from_its_full_name(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "PER:Anne Kerval,PER:Kerval,different,Ana,2026-11-21,her brother"))
    resolution = resolve_entities([marked("a", "[PER Anne Kerval] et [PER Kerval]")], lexicon, decisions=decisions)
    assert [link.entity_id for link in resolution.links] == ["per:anne-kerval", "per:kerval"]


def test_different_parts_two_people_of_one_name(lexicon: Lexicon, tmp_path: Path) -> None:
    """By decision articles b and c speak of another Anne Kerval than article a; the next run keeps the ids."""
    lines = ("per:anne-kerval,PER:Anne Kerval @ b,different,Ana,,", "PER:Anne Kerval @ b,PER:Anne Kerval @ c,same,Ana,,")
    decisions = load_decisions(write(tmp_path, *lines))
    articles = [
        marked("a", "[PER Anne Kerval], PDG de [ORG Vélora], recrute. [PER Kerval] sourit."),
        marked("b", "La juge [PER Anne Kerval] siège. Mme [PER Kerval] se tait."),
        marked("c", "La juge [PER Anne Kerval] rentre."),
    ]
    first = resolve_entities(articles, lexicon, decisions=decisions)
    assert [(link.article_id, link.entity_id) for link in first.links if link.mention.type == "PER"] == [
        *(("a", "per:anne-kerval"), ("a", "per:anne-kerval")),
        *(("b", "per:anne-kerval-b"), ("b", "per:anne-kerval-b"), ("c", "per:anne-kerval-b")),
    ]
    assert [(e.name, e.aliases) for e in first.entities if e.type == "PER"] == [
        ("Anne Kerval", ("Kerval",)),
        ("Anne Kerval (b)", ("Anne Kerval", "Anne Kerval (c)", "Kerval")),
    ]
    again = resolve_entities(articles, lexicon, decisions=decisions, previous=[Previous(e) for e in first.entities])
    assert again.entities == first.entities
    assert first.links[3].reason == (
        "named Anne Kerval; not Anne Kerval, decided by Ana, decisions.csv line 2; "
        "the same as Anne Kerval (c), decided by Ana, decisions.csv line 3"
    )


def test_a_name_changes_and_the_id_stays(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:velora,Vélora Systèmes,name,Ana,2026-11-21,"))
    first = resolve_entities(ARTICLES, lexicon)
    before = [Previous(entity) for entity in first.entities]
    for previous in ([], before):
        entities = resolve_entities(ARTICLES, lexicon, decisions=decisions, previous=previous).entities
        assert [(e.name, e.aliases) for e in entities if e.entity_id == "org:velora"] == [("Vélora Systèmes", ("Vélora",))]


def test_unsure_changes_nothing(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:velora,org:ostrane,unsure,Ana,2026-11-21,"))
    assert resolve_entities(ARTICLES, lexicon, decisions=decisions) == resolve_entities(ARTICLES, lexicon)


def test_a_decision_on_nobody_is_reported(lexicon: Lexicon, tmp_path: Path) -> None:
    decisions = load_decisions(write(tmp_path, "org:velora,org:nobody,same,Ana,2026-11-21,"))
    assert resolve_entities(ARTICLES, lexicon, decisions=decisions).idle == decisions


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        pytest.param(
            ("org:a,org:b,same,,,", "org:b,org:a,different,,,"),
            ":3: org:b and org:a are different here, but the same by line 2 (keep one of these lines)",
            id="same and different",
        ),
        pytest.param(
            ("org:a,org:b,same,,,", "org:a,org:c,different,,,", "org:b,ORG:C,same,,,"),
            ":3: org:a and org:c are different here, but the same by line 2 and line 4 (keep one of these lines)",
            id="through a third",
        ),
        pytest.param(
            ("org:a,Alpha,name,,,", "org:a,Alfa,name,,,"),
            ":3: org:a is named 'Alfa' here, but 'Alpha' by line 2 (keep one of these lines)",
            id="two names",
        ),
        pytest.param(("org:a,per:a,same,,,",), ":2: org:a and per:a are of two types and cannot be the same", id="two types"),
        pytest.param(("org:a,org:a,same,,,",), ":2: org:a is compared with org:a", id="one with itself"),
        pytest.param(
            ("org:a,org:b,equal,,,",),
            ":2: unknown judgement 'equal' (it is one of same, different, unsure, name)",
            id="unknown judgement",
        ),
        pytest.param(
            ("Alpha,org:b,same,,,",), ":2: 'Alpha' is no entity: write org:mistral-ai or ORG:Mistral AI", id="no id and no type"
        ),
    ],
)
def test_what_cannot_be_obeyed_names_its_lines(tmp_path: Path, lines: tuple[str, ...], message: str) -> None:
    path = write(tmp_path, *lines)
    with pytest.raises(DataError) as caught:
        load_decisions(path)
    assert str(caught.value) == f"{path}{message}"


def test_a_file_is_read_as_people_write_it(tmp_path: Path) -> None:
    """With the mark of some spreadsheets before it, spaces around cells, columns left out, and cells over two lines."""
    path = tmp_path / "decisions.csv"
    path.write_bytes(
        "\ufeffleft,right,judgement,why\n"
        " ORG:Vélora , org:ostrane ,same,\n"
        'org:velora,Vélora Systèmes,name,"as it\nwrites, itself"\n'
        "PER:Anne Kerval @ b,PER:Anne Kerval,different\n".encode()
    )
    assert load_decisions(path) == (
        Decision("ORG:Vélora", "org:ostrane", "same", line=2),
        Decision("org:velora", "Vélora Systèmes", "name", why="as it\nwrites, itself", line=4),
        Decision("PER:Anne Kerval @ b", "PER:Anne Kerval", "different", line=5),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "left,judgement\n", ":1: no column 'right' (the columns are left,right,judgement,who,when,why)", id="a column"
        ),
        pytest.param("", ":1: no column 'left' (the columns are left,right,judgement,who,when,why)", id="an empty file"),
        pytest.param("left,right,judgement\norg:a,,name\n", ":2: org:a is compared with nothing", id="nothing to go by"),
        pytest.param(
            "left,right,judgement\norg:a,org:b,different\norg:a,,same\n",
            ":3: '' is no entity: write org:mistral-ai or ORG:Mistral AI",
            id="nothing on the right",
        ),
        pytest.param(
            "left,right,judgement\norg: ,org:b,same\n",
            ":2: 'org:' is no entity: write org:mistral-ai or ORG:Mistral AI",
            id="no name",
        ),
        pytest.param(
            "left,right,judgement\nfirm:a,org:b,same\n",
            ":2: 'firm:a' is no entity: write org:mistral-ai or ORG:Mistral AI",
            id="no type",
        ),
    ],
)
def test_what_cannot_be_read_names_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_decisions(path)
    assert str(caught.value) == f"{path}{message}"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ORG:Lunaris AI", "org:lunaris-ai"),
        ("org:lunaris-ai", "org:lunaris-ai"),
        ("PER:Anne Kerval @ 2026-11-21-lumio", "per:anne-kerval @ 2026-11-21-lumio"),
        ("ORG:Quai : le port", "org:quai-le-port"),
    ],
)
def test_what_a_reference_stands_for(text: str, key: str) -> None:
    assert reference(text) == key


def test_which_articles_decisions_single_out() -> None:
    decisions = [
        Decision("PER:Anne Kerval @ b", "PER:Anne Kerval @ c", "same"),
        Decision("per:anne-kerval", "PER:Hugo Kerval @ b", "different"),
        Decision("ORG:Vélora", "Vélora @ c", "name"),
    ]
    assert singled_out(decisions) == {"b": {"per:anne-kerval", "per:hugo-kerval"}, "c": {"per:anne-kerval"}}


def test_two_names_of_one_slug_are_told_apart_as_they_are_written() -> None:
    assert Decision("org:velora", "ORG:Vélora", "different").keys == ("org:velora", "ORG:Vélora")
    assert Decision("org:velora", "ORG:Ostrane", "different").keys == ("org:velora", "org:ostrane")


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (
            Decision("org:a", "org:b", "same", "Ana", "2026-11-21", "why", 3),
            "decided by Ana on 2026-11-21, decisions.csv line 3: why",
        ),
        (Decision("org:a", "org:b", "same", line=3), "decided, decisions.csv line 3"),
        (Decision("org:a", "org:b", "same", when="2026", line=3), "decided on 2026, decisions.csv line 3"),
    ],
)
def test_a_decision_tells_who_made_it_when_and_why(decision: Decision, told: str) -> None:
    assert decision.told == told


def test_a_saved_decision_has_the_number_of_its_line(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    save_decision(path, Decision("org:a", "Alpha", "name"))
    save_decision(path, Decision("org:b", "Beta", "name"))
    saved = save_decision(path, Decision("org:a", "Alfa", "name", "Ana"))
    assert (saved, load_decisions(path)) == (
        Decision("org:a", "Alfa", "name", "Ana", line=3),
        (Decision("org:b", "Beta", "name", line=2), Decision("org:a", "Alfa", "name", "Ana", line=3)),
    )
    assert sorted(found.name for found in tmp_path.iterdir()) == ["decisions.csv"]


def test_saving_keeps_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    assert load_decisions(path) == ()
    save_decision(path, Decision("org:a", "org:b", "different", "Ana", "2026-11-21", "two,\nreally"))
    save_decision(path, Decision("org:a", "Alpha", "name", "Ana", "2026-11-21"))
    save_decision(path, Decision("org:a", "Alfa", "name", "Ana", "2026-11-22"))
    with pytest.raises(DataError):
        save_decision(path, Decision("org:b", "org:a", "same", "Bea", "2026-11-23"))
    assert path.read_text(encoding="utf-8") == (
        HEADER + 'org:a,org:b,different,Ana,2026-11-21,"two, really"\norg:a,Alfa,name,Ana,2026-11-22,\n'
    )
