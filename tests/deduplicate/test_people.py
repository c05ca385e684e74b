"""People named by less than their full name, within one article: who is meant, how surely, and why."""

from __future__ import annotations

import pytest

from pipeline.deduplicate.entities import Guide, read_local_names
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.load(built_in_lexicon())


@pytest.mark.parametrize(
    ("text", "full", "score", "reason"),
    [
        pytest.param(
            "[PER Kai Vorland] parle. [PER Vorland] attend.",
            "Kai Vorland",
            0.95,
            "surname of Kai Vorland in the same article",
            id="a surname",
        ),
        pytest.param(
            "[PER Kai Vorland] parle. [PER Nils Vorland] rit. [PER Vorland] attend.",
            "Nils Vorland",
            0.7,
            "surname of Nils Vorland in the same article",
            id="a surname of two: the last named",
        ),
        pytest.param(
            "[PER Kai Vorland] parle. [PER Nils Vorland] rit. [PER Kai Vorland] dort. [PER Vorland] attend.",
            "Kai Vorland",
            0.7,
            "surname of Kai Vorland in the same article",
            id="a surname of two: the last named, who was named before",
        ),
        pytest.param(
            "[PER Dr Kai Vorland] parle. [PER Kai Vorland] rit. [PER Vorland] attend.",
            "Kai Vorland",
            0.95,
            "surname of Kai Vorland in the same article",
            id="a surname of one person written two ways",
        ),
        pytest.param(
            "[PER Kai Vorland] parle. [PER K. Vorland] attend.",
            "Kai Vorland",
            0.95,
            "short form of Kai Vorland in the same article",
            id="an initial",
        ),
        pytest.param(
            "[PER Kai Vorland] parle. [PER N. Vorland] attend.", "N. Vorland", 0.8, "named N. Vorland", id="another initial"
        ),
        pytest.param(
            "[PER Hank Delacour Moore] parle. [PER Moore] attend.",
            "Hank Delacour Moore",
            0.95,
            "surname of Hank Delacour Moore in the same article",
            id="the second of two surnames",
        ),
        pytest.param(
            "[PER Ursula von der Kerbrat] parle. [PER Kerbrat] attend.",
            "Ursula von der Kerbrat",
            0.95,
            "surname of Ursula von der Kerbrat in the same article",
            id="a surname without its particles",
        ),
        pytest.param(
            "[PER Ursula von der Kerbrat] parle. [PER von der Kerbrat] attend.",
            "Ursula von der Kerbrat",
            0.95,
            "surname of Ursula von der Kerbrat in the same article",
            id="a surname with its particles",
        ),
        pytest.param(
            "[PER Jean-Claude Martin] rit. [PER Claude Martin] attend.",
            "Claude Martin",
            0.8,
            "named Claude Martin",
            id="the end of a name that begins with a given name",
        ),
        pytest.param("[ORG Kai Vorland] parle. [PER Vorland] attend.", "Vorland", 0.8, "named Vorland", id="a company's name"),
        pytest.param("[PER Vorland] attend.", "Vorland", 0.8, "named Vorland", id="nobody's surname"),
        pytest.param("[PER Kai Vorland] parle. [PER …] attend.", "…", 0.8, "named …", id="no letter"),
        pytest.param(
            "[PER Lucien Sandral] et [PER Yvette Sandral] parlent. M. [PER Sandral] attend.",
            "Lucien Sandral",
            0.95,
            "surname of Lucien Sandral in the same article",
            id="a title: the man",
        ),
        pytest.param(
            "[PER Lucien Sandral] et [PER Claude Sandral] parlent. Mme [PER Sandral] attend.",
            "Claude Sandral",
            0.95,
            "surname of Claude Sandral in the same article",
            id="a title: who may be a woman",
        ),
        pytest.param(
            "[PER Lucien Sandral] et [PER Xyle Sandral] parlent. Mme [PER Sandral] attend.",
            "Xyle Sandral",
            0.95,
            "surname of Xyle Sandral in the same article",
            id="a title: a given name that no list has",
        ),
        pytest.param(
            "[PER Lucien Sandral] parle. Mme [PER Sandral] attend.", "Sandral", 0.8, "named Sandral", id="a title: no such person"
        ),
        pytest.param(
            "[PER Hermine Olivet] parle. [PER Hermine] attend.",
            "Hermine Olivet",
            0.8,
            "given name of Hermine Olivet alone in the same article",
            id="a given name",
        ),
        pytest.param(
            "[PER Jean-Loup Vasseur] parle. [PER Jean-Loup] attend.",
            "Jean-Loup Vasseur",
            0.8,
            "given name of Jean-Loup Vasseur alone in the same article",
            id="a compound given name",
        ),
        pytest.param(
            "[PER Hermine Olivet] et [PER Hermine Sax] parlent. [PER Hermine] attend.",
            "Hermine",
            0.8,
            "named Hermine",
            id="a given name of two",
        ),
        pytest.param(
            "[PER Hermine Olivet] et [PER Hermine Sax] parlent. [PER Hermine S.] attend.",
            "Hermine Sax",
            0.8,
            "given name of Hermine Sax alone in the same article",
            id="a given name of two, and the initial of one",
        ),
        pytest.param(
            "[PER Hermine Olivet] parle. [PER Hermine X.] attend.",
            "Hermine X.",
            0.8,
            "named Hermine X.",
            id="a given name and another initial",
        ),
        pytest.param(
            "[PER Anne Hermine] et [PER Hermine Olivet] parlent. [PER Hermine] attend.",
            "Anne Hermine",
            0.95,
            "surname of Anne Hermine in the same article",
            id="a given name that is another's surname",
        ),
        pytest.param("[PER Kai X] rit. [PER Kai X.] attend.", "Kai X.", 0.8, "named Kai X.", id="a surname of one letter"),
        pytest.param(
            "[PER Mohammed VI] reçoit. [PER Mohammed V] attend.", "Mohammed V", 0.8, "named Mohammed V", id="a king's number"
        ),
        pytest.param(
            "[PER Cathelyne Sandral] parle. [PER Cathelyne] attend.",
            "Cathelyne Sandral",
            0.8,
            "given name of Cathelyne Sandral alone in the same article",
            id="a given name that no list has, behind",
        ),
    ],
)
def test_the_last_name_stands_for(guide: Guide, text: str, full: str, score: float, reason: str) -> None:
    article = marked("a", text)
    names = read_local_names(article, guide)
    last = names.names[names.numbers[-1]]
    assert (last.full, last.score, last.reason, last.carries) == (full, score, reason, False)


@pytest.mark.parametrize(
    ("text", "full", "score", "reason"),
    [
        pytest.param(
            "[PER Vorland] attend. [PER Kai Vorland] parle. [PER Nils Vorland] rit. [PER Kai Vorland] dort.",
            "Kai Vorland",
            0.7,
            "surname of Kai Vorland in the same article",
            id="a surname: the first named so later",
        ),
        pytest.param(
            "[PER Hermine] attend. [PER Hermine Olivet] parle.",
            "Hermine Olivet",
            0.8,
            "given name of Hermine Olivet alone in the same article",
            id="a given name",
        ),
        pytest.param(
            "[PER Cathelyne] attend. [PER Cathelyne Sandral] parle.",
            "Cathelyne",
            0.8,
            "named Cathelyne",
            id="a given name that no list has",
        ),
    ],
)
def test_the_first_name_stands_for(guide: Guide, text: str, full: str, score: float, reason: str) -> None:
    first = read_local_names(marked("a", text), guide).names[0]
    assert (first.full, first.score, first.reason, first.carries) == (full, score, reason, False)
