"""Events in interviews: « nous » and « je » are whoever answers, with the body for which he speaks."""

from __future__ import annotations

import pytest

from tests.recognize.test_events import asserted, events_of, names

OPENING = "Nora Belkacem : « On ne compte pas »\n\nLa présidente de l'Arcom répond à Lumio.\n\n"
QUESTIONS = "\n\nEt ensuite ?\nRien.\n\nVraiment ?\nOui.\n\nRien ?\nRien."
NORA = "Nora Belkacem"


@pytest.mark.parametrize(
    ("answer", "kind", "agents", "targets"),
    [
        ("Nous avons ouvert une enquête sur Nubéo.", "investigation", ["Arcom"], ["Nubéo"]),
        ("Depuis, nous avons condamné Nubéo à 3 millions d'euros.", "fine", ["Arcom"], ["Nubéo"]),
        ("Nous avons signé en mai une convention avec la Cnil.", "partnership", ["Arcom", "Cnil"], []),
        ("J'ai été nommée en juin.", "appointment", [], [NORA, "Arcom"]),
        ("Nubéo nous a attaqués devant le Conseil d'État.", "lawsuit", ["Nubéo"], ["Arcom"]),
        ("Nubéo nous poursuit en justice.", "lawsuit", ["Nubéo"], ["Arcom"]),
        ("Nubéo nous a poursuivis en mai.", "lawsuit", ["Nubéo"], ["Arcom"]),
        ("On vient de condamner Nubéo à 3 millions d'euros.", "fine", ["Arcom"], ["Nubéo"]),
        ("Notre autorité a ouvert une enquête sur Nubéo.", "investigation", ["Arcom"], ["Nubéo"]),
    ],
    ids=["we open", "we condemn", "we sign", "I was named", "attacks us", "sues us", "sued us", "one", "our authority"],
)
def test_we_are_the_body_of_whoever_answers(answer: str, kind: str, agents: list[str], targets: list[str]) -> None:
    (event,) = asserted(f"{OPENING}Pourquoi ?\n{answer}{QUESTIONS}")
    assert (event.type, names(event.agents), names(event.targets)) == (kind, agents, targets)


def test_you_are_that_body_in_a_question() -> None:
    for told in ("Vous avez racheté Nubéo en mai.", "Vous venez de racheter Nubéo."):
        (event,) = asserted(f"{OPENING}{told} Pourquoi ?\nPour grandir.{QUESTIONS}")
        assert (event.type, names(event.agents), names(event.targets)) == ("acquisition", ["Arcom"], ["Nubéo"])


def test_we_are_nobody_outside_an_interview_and_in_what_others_say() -> None:
    assert events_of("La présidente de l'Arcom répond. Nous avons ouvert une enquête.") == ()
    (event,) = events_of(f"{OPENING}Pourquoi ?\nPaul Verdier m'a dit : « Nous avons racheté Nubéo ».{QUESTIONS}")
    assert "Arcom" not in names(event.agents)


def test_a_question_asks_nothing_of_what_it_takes_as_known() -> None:
    """« La loi Marsan, votée en 2022, suffit-elle ? »: that it was voted is told."""
    assert [e.modality for e in events_of("La loi Marsan, votée en 2022, suffit-elle ?")] == ["asserted"]
    assert [e.modality for e in events_of("La loi Marsan a-t-elle été votée ?")] == ["possible"]
    assert [e.modality for e in events_of("La loi Marsan votée ?")] == ["possible"]


def test_an_aside_does_not_end_a_negation() -> None:
    assert [e.modality for e in events_of("L'Arcom n'a, pour l'heure, sanctionné ni Lumio ni Nubéo.")] == ["denied"]


def test_whom_i_tell_of_is_not_me() -> None:
    told = f"{OPENING}Nubéo est une société nantaise.\n{{}}{QUESTIONS}"
    (event,) = asserted(told.format("J'ai rappelé que la société avait été sanctionnée en mai."))
    assert (event.type, names(event.agents), names(event.targets)) == ("fine", ["Arcom"], ["Nubéo"])
