"""What amounts say, given their article."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import Lexicon
from pipeline.model import Mention
from pipeline.normalize.amounts import AmountReader
from pipeline.recognize.amounts import AmountRecognizer
from tests.built import built_in_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return built_in_lexicon()


@pytest.fixture(scope="module")
def recognizer(lexicon: Lexicon) -> AmountRecognizer:
    return AmountRecognizer(lexicon)


@pytest.fixture
def reader(lexicon: Lexicon) -> AmountReader:
    return AmountReader(lexicon)


def readings(recognizer: AmountRecognizer, reader: AmountReader, text: str) -> list[tuple[str, str, str | None]]:
    document = plain_document(text)
    return [(a.kind, f"{a.min:f}", a.unit) for a in reader.read(document, recognizer.find(document))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("À Genève, le fonds coûte 300 francs.", [("money", "300", "CHF")]),
        ("À Dakar, il a payé 300 francs.", [("money", "300", "XOF")]),
        ("Il valait 300 francs.", [("money", "300", "FRF")]),
        ("Il faut 300 dinars.", [("money", "300", None)]),
        ("Le ministre tunisien promet 300 dinars.", [("money", "300", "TND")]),
        ("Le sucre vaut 900 francs burundais, l'essence 700 francs.", [("money", "900", "BIF"), ("money", "700", "BIF")]),
        (
            "À Québec, le cégep reçoit 3 M$ d'Ottawa et 200 dollars d'un élève.",
            [("money", "3000000", "CAD"), ("money", "200", "CAD")],
        ),
        ("À Montréal, elle lève 3 millions de dollars.", [("money", "3000000", "USD")]),
        ("À Boston, une firme américaine née à Laval, près de Montréal, paie 5 dollars à Washington.", [("money", "5", "USD")]),
        ("À Londres, le vol coûte 60 livres.", [("money", "60", "GBP")]),
        ("Elle a offert 60 livres à l'école.", [("quantity", "60", "livre")]),
        ("Elle a vendu deux livres.", []),
    ],
)
def test_the_article_tells_whose_money_it_is(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert readings(recognizer, reader, text) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Un tour de 9 millions de dollars. La société avait levé 3 millions en 2022.", ("money", "3000000", "USD")),
        ("Elle a 12 millions d'abonnés, dont 3 millions en France.", ("quantity", "3000000", "abonné")),
        ("Avec 300 salariés, elle vaut 40 millions d'euros et en doit 8 millions.", ("money", "8000000", "EUR")),
        ("Elle emploie 2 300 personnes dans 12 pays, contre 1 800 en 2021.", ("quantity", "1800", "personne")),
        ("Le nombre de signalements a bondi, à 2,5 millions.", ("quantity", "2500000", "signalement")),
        ("Les abonnés (2,4 millions) paieront 5 euros, contre 4 avant.", ("money", "4", "EUR")),
        ("La levée s'élève à 8 millions.", ("money", "8000000", None)),
        ("La part du fret est de 12 %. Il en pesait 9,5 en 2020.", ("percent", "9.5", "PCT")),
        ("Elle a payé 3 milliards d'euros en 2021, 2,5 en 2022 et 4 en 2023.", ("money", "4000000000", "EUR")),
        ("Elle ferme 900 lits et 12 salles : Nantes (400) et Lille (300).", ("quantity", "300", "lit")),
        ("« Combien de plaintes ? » M. R. : 3 412.", ("quantity", "3412", "plainte")),
        ("L'usine de Brest emploie 450 personnes, celle de Lorient 380.", ("quantity", "380", "personne")),
        ("Elle a 30 navires au lieu d'une cinquantaine promise.", ("quantity", "50", "navire")),
        ("Corvane paiera 10 millions d'euros. Tessaut doit en verser 32.", ("money", "32000000", "EUR")),
        ("Il réclamait 40 000 euros par an. Le club en offre 15 000.", ("money", "15000", "EUR")),
        ("Elle vend 12 navires. Elle a payé 3 euros. Il y en avait 30.", ("quantity", "30", "navire")),
        ("Il offrait 97 milliards de dollars. « Pour 9 milliards, oui. »", ("money", "9000000000", "USD")),
        ("Elle a 40 millions d'abonnés et perd 150 millions d'euros (90 millions hier).", ("money", "90000000", "EUR")),
        ("Le site a 12 millions d'abonnés. Il en visait 20 millions.", ("quantity", "20000000", "abonné")),
        ("Le site a 12 millions d'abonnés. L'amende est de 20 millions.", ("money", "20000000", None)),
        ("Sur 4 000 élus, trois d'entre eux protestent.", ("quantity", "3", None)),
        ("Trente personnes sont venues. Ils sont 12 ce soir.", ("quantity", "12", "personne")),
        ("La part du fret est de 12 %. Il en pesait 9 en 2020.", ("percent", "12", "PCT")),
        ("Le débit va de 100 Mbit/s à 200 Gbit/s.", ("quantity", "200", "Gbit/s")),
        ("Le jeton vaut 50 centimes de dollar.", ("money", "0.5", "USD")),
        ("Il doit 3 millions de livres.", ("money", "3000000", "GBP")),
        ("Elle a payé 3 millions d'euros (3,2 millions de dollars). Elle visait 4 millions.", ("money", "4000000", "EUR")),
        ("Elle a payé 3 millions d'euros, soit 3,2 millions de dollars. Elle visait 4 millions.", ("money", "4000000", "EUR")),
        ("Il a 3 amendes. Le sac vaut 80 euros. La bague en valait 90.", ("money", "90", "EUR")),
    ],
)
def test_elided_units_are_lent_by_sentence_and_article(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, last: tuple[str, str, str | None]
) -> None:
    assert readings(recognizer, reader, text)[-1] == last


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Elle doit 2 millions de dollars et 3 millions de dollars.\n\nElle paie 9 millions d'euros.\n\n",
            ["USD", "USD", "EUR", "USD"],
        ),
        (
            "Elle doit 2 millions de dollars.\n\nElle paie 8 millions d'euros et 9 millions d'euros.\n\n",
            ["USD", "EUR", "EUR", "EUR"],
        ),
        ("Elle doit 2 millions de dollars.\n\nElle paie 9 millions d'euros. ", ["USD", "EUR", "EUR"]),
        (
            "Elle doit 9 millions d'euros.\n\nElle paie 2 millions de dollars et 3 millions de dollars. ",
            ["EUR", "USD", "USD", "USD"],
        ),
    ],
)
def test_a_sum_takes_the_currency_of_its_paragraph_else_the_most_frequent_so_far(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, units: list[str]
) -> None:
    assert [unit for _, _, unit in readings(recognizer, reader, f"{text}L'amende est de 5 millions.")] == units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle a 40 millions d'abonnés. Elle en visait 50 millions.", ["quantity", "quantity"]),
        ("Elle a payé 3 millions d'euros en 2021, 2,5 en 2022.", ["money", "money"]),
        ("La part du fret est de 12 %. Il en pesait 9,5 en 2020.", ["percent", "percent"]),
        ("Elle a offert 60 livres à l'école.", ["quantity"]),
    ],
)
def test_the_mention_has_the_kind_that_its_article_gives_the_amount(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, expected: list[str]
) -> None:
    document = plain_document(text)

    assert [a.mention.type for a in reader.read(document, recognizer.find(document))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deux tiers des élus protestent.", [("percent", "66.67", "PCT")]),
        ("Quatre élus sur dix protestent.", [("percent", "40", "PCT")]),
        ("Le taux monte à 12 pour mille.", [("percent", "1.2", "PCT")]),
        ("Cinq tiers des élus protestent.", []),
        ("Six élus sur cinq protestent.", []),
    ],
)
def test_shares_are_percents_of_a_whole(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert readings(recognizer, reader, text) == expected


def test_a_list_of_names_takes_what_its_sentence_counts_behind_it(recognizer: AmountRecognizer, reader: AmountReader) -> None:
    text = "Trois hôpitaux, à Metz (320) et Nancy (410), perdent 730 lits."

    assert [unit for _, _, unit in readings(recognizer, reader, text)] == ["hôpital", "lit", "lit", "lit"]


def test_a_sum_takes_the_currency_behind_it_in_its_sentence_first(recognizer: AmountRecognizer, reader: AmountReader) -> None:
    text = "Le groupe a vendu pour 9 milliards de dollars. L'amende, de deux millions, sera portée à 300 000 euros par jour."
    noun_first = "Le groupe paiera deux millions, emploiera 40 personnes, puis 150 000 euros."

    assert [unit for _, _, unit in readings(recognizer, reader, text)] == ["USD", "EUR", "EUR"]
    assert [unit for _, _, unit in readings(recognizer, reader, noun_first)] == ["EUR", "personne", "EUR"]


def test_right_before_a_sum_lends_whatever_its_size_further_back_one_of_the_size_does(
    recognizer: AmountRecognizer, reader: AmountReader
) -> None:
    between = "Le tour a été mené par un fonds californien, aux côtés de banques, d'assureurs et d'armateurs. " * 3
    sums = "Elle lève 385 millions d'euros et vaut deux milliards de dollars. "

    def lent(text: str) -> str | None:
        return readings(recognizer, reader, text)[-1][2]

    assert (lent(f"{sums}{between}Elle avait réuni 105 millions."), lent(f"{sums}Elle vise 20 milliards.")) == ("EUR", "USD")


def test_the_question_lends_its_currency_to_the_answer(recognizer: AmountRecognizer, reader: AmountReader) -> None:
    dollars = "Le groupe a payé 58 millions de dollars, puis 12 millions de dollars.\n\n"
    question = "Vous avez levé 35 millions d'euros. Est-ce assez ?\n"

    assert readings(recognizer, reader, f"{dollars}{question}Non, il en faudrait 250 millions.")[-1][2] == "EUR"


@pytest.mark.parametrize(
    "text",
    ["Paul Rey (450) et Anna Sol (312) ont signé.", "Les marchés de 2023 attribués en mars.", "Il court de Nice, 12 à Cannes."],
)
def test_numbers_that_count_nothing_are_no_amounts(recognizer: AmountRecognizer, reader: AmountReader, text: str) -> None:
    assert readings(recognizer, reader, text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Près de 30 euros.", "about"),
        ("Plus de 30 euros.", "over"),
        ("Jusqu'à 30 euros.", "under"),
        ("Pas moins de 30 euros.", "over"),
        ("Pas plus de 30 euros.", "under"),
        ("30 euros au maximum.", "under"),
        ("30 euros environ.", "about"),
        ("Moins que les 30 euros promis.", None),
        ("Il frôle les 30 euros.", None),
        ("Une trentaine d'élus.", "about"),
        ("Plus d'une trentaine d'élus.", "over"),
    ],
)
def test_qualifiers(recognizer: AmountRecognizer, reader: AmountReader, text: str, qualifier: str | None) -> None:
    document = plain_document(text)
    assert [a.qualifier for a in reader.read(document, recognizer.find(document))] == [qualifier]


def test_both_ends_of_a_change_are_amounts_with_spans_of_their_own(recognizer: AmountRecognizer, reader: AmountReader) -> None:
    document = plain_document("Le taux passe de 10 à 15 %.")
    low, high = reader.read(document, recognizer.find(document))
    assert (low.mention.text, low.min, high.mention.text, high.min) == ("10", Decimal(10), "15 %", Decimal(15))
    assert (low.mention.parts["number"], high.mention.parts["number"]) == ("10", "15")


def test_values_are_exact_and_written_without_exponent(recognizer: AmountRecognizer, reader: AmountReader) -> None:
    document = plain_document("Il manque 78 499 473,99 EUR et 1 200 milliards d'euros.")
    assert [str(a.min) for a in reader.read(document, recognizer.find(document))] == ["78499473.99", "1200000000000"]


def test_words_that_make_no_number_are_no_amount(reader: AmountReader) -> None:
    mention = Mention(
        0, 18, "trois quatre euros", "money", "money", parts={"reads": "money", "number": "trois quatre", "unit": "euros"}
    )
    assert reader.read(plain_document("trois quatre euros"), (mention,)) == ()


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Elle a 300 communes. Quarante ont répondu.", ("quantity", "40", "commune")),
        ("Elle a 300 communes et 5 millions d'euros. Quarante ont répondu.", ("quantity", "40", "commune")),
        ("Elle a 30 communes. Quarante ont répondu.", ("quantity", "30", "commune")),
        ("Elle a 5 millions de puces. Quarante ont brûlé.", ("quantity", "5000000", "puce")),
        ("Elle a 5 millions d'euros. Quarante ont répondu.", ("money", "5000000", "EUR")),
    ],
)
def test_a_number_that_is_a_subject_is_some_of_what_was_counted_last(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, last: tuple[str, str, str | None]
) -> None:
    """Not of fewer, nor of a thousandfold, nor of money."""
    assert readings(recognizer, reader, text)[-1] == last


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Elle a 5 millions d'euros. Elle en a commandé 1 800.", ("quantity", "1800", None)),
        ("Elle a 400 lits, 5 millions d'euros, et en a commandé 1 800.", ("quantity", "1800", "lit")),
        ("Elle a 5 millions de puces ; elle en a vendu 3.", ("quantity", "3000000", "puce")),
        ("Elle a 5 millions d'euros ; elle en rendra une dizaine.", ("quantity", "10", None)),
        ("Elle a 5 millions de puces ; elle en rendra une dizaine.", ("quantity", "10", "puce")),
        ("Elle a 5 millions d'euros ; elle en voulait 8.", ("money", "8000000", "EUR")),
    ],
)
def test_a_dozen_and_what_is_ordered_are_no_sums(
    recognizer: AmountRecognizer, reader: AmountReader, text: str, last: tuple[str, str, str | None]
) -> None:
    assert readings(recognizer, reader, text)[-1] == last
