"""Roles: functions as written, whose they are, and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.clean.plain import plain_document
from pipeline.lexicon import load_lexicon
from pipeline.model import Removal, Role
from pipeline.recognize.roles import RoleRecognizer
from tests.cast import Cast
from tests.rules import check_examples

LEXICON = load_lexicon()
ROLES, CAST = RoleRecognizer(LEXICON), Cast(LEXICON)


def roles_of(text: str) -> tuple[Role, ...]:
    return ROLES.find(plain_document(text), CAST.mentions(text))


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(r.text, r.person.canonical, r.org.canonical if r.org else None) for r in roles_of(text)]


def test_examples_fire_and_refusals_do_not() -> None:
    """Every rule's sentences yield their functions with person and organisation, and nothing else."""

    def find(text: str, published: str | None) -> list[tuple[int, int, str]]:
        return [(r.start, r.end, "; ".join(str(m.canonical) for m in (r.person, r.org) if m)) for r in roles_of(text)]

    check_examples(LEXICON.rules["roles"], find)


NORA, LIGUE = "Nora Belkacem", "Ligue des usagers du numérique"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Belkacem, PDG de Lumio, a tranché.", [("PDG", NORA, "Lumio")]),
        ("La secrétaire d'État au Numérique, Nora Belkacem, a tranché.", [("secrétaire d'État au Numérique", NORA, None)]),
        ("Nora Belkacem, ministre de l'Économie, a tranché.", [("ministre de l'Économie", NORA, None)]),
        (
            "Nora Belkacem, ministre de l'Économie, des Finances et de l'Industrie, a tranché.",
            [("ministre de l'Économie, des Finances et de l'Industrie", NORA, None)],
        ),
        ("Le nouveau directeur général de Lumio, Paul Verdier, arrive.", [("directeur général", "Paul Verdier", "Lumio")]),
        ("Nora Belkacem, ancienne directrice juridique de Lumio, écrit.", [("ancienne directrice juridique", NORA, "Lumio")]),
        (
            "Nora Belkacem, présidente et cheffe de la direction de Lumio, rit.",
            [("présidente et cheffe de la direction", NORA, "Lumio")],
        ),
        ("« Oui », dit Nora Belkacem, permanente de la Ligue des usagers du numérique.", [("permanente", NORA, LIGUE)]),
        ("L'ex-PDG de Lumio Paul Verdier écrit.", [("ex-PDG", "Paul Verdier", "Lumio")]),
        ("Lumio a un an. Nora Belkacem, l'une de ses cofondatrices, sourit.", [("cofondatrices", NORA, "Lumio")]),
        ("Lumio a un an. Son président, Paul Verdier, sourit.", [("président", "Paul Verdier", "Lumio")]),
        (
            "Lumio a plaidé. La commission d'enquête sur les câbles a rendu son rapport, que défend son président, Paul Verdier.",
            [("président", "Paul Verdier", None)],
        ),
        ("Nora Belkacem, propriétaire de Lumio depuis un mois, vend.", [("propriétaire", NORA, "Lumio")]),
        (
            "Nora Belkacem, longtemps contrôleuse de gestion chez Lumio, change de métier.",
            [("contrôleuse de gestion", NORA, "Lumio")],
        ),
        (
            "Nora Belkacem, cofondatrice et directrice scientifique de Lumio, sourit.",
            [("cofondatrice", NORA, "Lumio"), ("directrice scientifique", NORA, "Lumio")],
        ),
        (
            "Ses rapporteurs, Nora Belkacem et Paul Verdier, formulent dix propositions.",
            [("rapporteurs", NORA, None), ("rapporteurs", "Paul Verdier", None)],
        ),
        ("Le rapporteur, Nora Belkacem et Paul Verdier écrivent.", [("rapporteur", NORA, None)]),
        (
            "Lumio recule. Le conseil a promu Nora Belkacem et Paul Verdier au rang de directeurs généraux délégués.",
            [("directeurs généraux délégués", NORA, "Lumio"), ("directeurs généraux délégués", "Paul Verdier", "Lumio")],
        ),
        (
            "La Commission européenne tranche. Nora Belkacem, sa présidente, sourit.",
            [("présidente", NORA, "Commission européenne")],
        ),
        ("Lumio a un an. Leur avocate, Nora Belkacem, sourit.", [("avocate", NORA, None)]),
        (
            "La Commission européenne hésite. Nora Belkacem, commissaire à la Concurrence, se tait.",
            [("commissaire à la Concurrence", NORA, "Commission européenne")],
        ),
        ("Nora Belkacem, comédienne et mère de famille, écrit.", [("comédienne", NORA, None)]),
        ("Nora Belkacem, journaliste, écrit.", []),
        ("Nora Belkacem, présidente de la société Lumio, sourit.", [("présidente", NORA, "Lumio")]),
        ("Nora Belkacem (directrice de Lumio) sourit.", [("directrice", NORA, "Lumio")]),
        ("Nora Belkacem, députée (UNPR) du Nord, sourit.", [("députée", NORA, "UNPR")]),
        ("Le député UNPR Paul Verdier sourit.", [("député", "Paul Verdier", "UNPR")]),
        (
            "Nora Belkacem, professeure de physique à l'université de Lille, écrit.",
            [("professeure de physique", NORA, "université de Lille")],
        ),
        ("Nora Belkacem, conseillère politique pour Paul Verdier, écrit.", [("conseillère politique", NORA, None)]),
        ("Nora Belkacem est directrice de Lumio depuis lundi.", [("directrice", NORA, "Lumio")]),
        ("Nora Belkacem devient la première présidente de l'Arcom.", [("première présidente", NORA, "Arcom")]),
        ("Lumio a nommé Nora Belkacem directrice financière.", [("directrice financière", NORA, "Lumio")]),
        ("Nora Belkacem rejoint Lumio en tant que directrice financière.", [("directrice financière", NORA, "Lumio")]),
        ("Nora Belkacem, nommée jeudi directrice de la Cnil, sourit.", [("directrice", NORA, "Cnil")]),
        (
            "La commission reçoit M. Verdier, directeur de Lumio, et Mme Belkacem, rapporteure.",
            [("directeur", "Paul Verdier", "Lumio"), ("rapporteure", NORA, None)],
        ),
        (
            "Lumio recrute. « Nous manquons de bras », dit Nora Belkacem, responsable d'exploitation.",
            [("responsable d'exploitation", NORA, "Lumio")],
        ),
        (
            "Lumio recrute. Nora Belkacem, directrice juridique à partir du 1er septembre, sourit.",
            [("directrice juridique", NORA, "Lumio")],
        ),
        ("« C'est trop », juge Nora Belkacem.", []),
        (
            "Lumio recrute. Le directeur administratif et financier, Paul Verdier, sourit.",
            [("directeur administratif et financier", "Paul Verdier", "Lumio")],
        ),
        ("Lumio a vu Nubéo. Le patron de ce dernier, Paul Verdier, sourit.", [("patron", "Paul Verdier", "Nubéo")]),
        ("Du neuf chez Lumio : on recrute. Son PDG, Paul Verdier, sourit.", [("PDG", "Paul Verdier", "Lumio")]),
        ("La maire, Nora Belkacem, a reçu Lumio.", [("maire", NORA, None)]),
        (
            "Les députés Nora Belkacem (UNPR) et Paul Verdier (groupe UNPR) sourient.",
            [("députés", NORA, "UNPR"), ("députés", "Paul Verdier", "UNPR")],
        ),
        ("Nora Belkacem, présidente (UNPR) de la Cnil, sourit.", [("présidente", NORA, "Cnil")]),
        ("L'économiste et députée UNPR Nora Belkacem sourit.", [("économiste", NORA, None), ("députée", NORA, "UNPR")]),
        ("Nora Belkacem, maire et députée UNPR, sourit.", [("maire", NORA, "UNPR"), ("députée", NORA, "UNPR")]),
        (
            "Lumio va.\n\nLa Commission européenne vise Lumio. Nora Belkacem, vice-présidente chargée de la concurrence, rit.",
            [("vice-présidente chargée de la concurrence", NORA, "Commission européenne")],
        ),
        ("Lumio paie. Le président de région, Paul Verdier, attend.", [("président de région", "Paul Verdier", None)]),
        ("Nora Belkacem (directrice juridique, Lumio) sourit.", [("directrice juridique", NORA, "Lumio")]),
        (
            "Lumio recrute. Nora Belkacem, directrice de cabinet du maire, sourit.",
            [("directrice de cabinet du maire", NORA, None)],
        ),
        (
            "Lumio recrute. Le président de la commission, Paul Verdier, sourit.",
            [("président de la commission", "Paul Verdier", None)],
        ),
        ("Nora Belkacem parle. Elle fut directrice juridique de Lumio.", [("directrice juridique", NORA, "Lumio")]),
        (
            "Nora Belkacem, à la fois PDG de Lumio et trésorière de la Cnil, sourit.",
            [("PDG", NORA, "Lumio"), ("trésorière", NORA, "Cnil")],
        ),
        (
            "Nubéo recule. Chez Lumio, le directeur technique, Paul Verdier, sourit.",
            [("directeur technique", "Paul Verdier", "Lumio")],
        ),
        ("Nubéo recule. L'éditeur de jeux Lumio recrute. Son PDG, Paul Verdier, sourit.", [("PDG", "Paul Verdier", "Lumio")]),
        (
            "La Commission européenne hésite. Le commissaire Paul Verdier attend.",
            [("commissaire", "Paul Verdier", "Commission européenne")],
        ),
        (
            "Nora Belkacem, directrice des affaires juridiques et réglementaires de Lumio, sourit.",
            [("directrice des affaires juridiques et réglementaires", NORA, "Lumio")],
        ),
        ("Nora Belkacem, cheffe du pôle urbanisme de Lumio, sourit.", [("cheffe du pôle urbanisme", NORA, "Lumio")]),
        (
            "Nora Belkacem, ingénieure réseau depuis dix ans et déléguée Nubéo, soupire.",
            [("ingénieure réseau", NORA, None), ("déléguée", NORA, "Nubéo")],
        ),
        (
            "Lumio recule. Nora Belkacem, directrice des ventes, ancienne associée de Nubéo, sourit.",
            [("directrice des ventes", NORA, "Lumio"), ("ancienne associée", NORA, "Nubéo")],
        ),
        (
            "Lumio recule. Nora Belkacem, vice-présidente chargée de la Mer, écrit.",
            [("vice-présidente chargée de la Mer", NORA, None)],
        ),
        ("Lumio recule. Nora Belkacem, coprésidente du sommet, écrit.", [("coprésidente du sommet", NORA, None)]),
        ("Lumio et Nubéo ont signé. « C'est fini », écrit Nora Belkacem, leur patronne.", [("patronne", NORA, None)]),
        ("La rapporteure, Nora Belkacem (Renaissance), écrit.", [("rapporteure", NORA, None)]),
        ("Nora Belkacem a été élue le 29 janvier présidente de Lumio.", [("présidente", NORA, "Lumio")]),
        ("Nora Belkacem en a été nommée préfiguratrice.", [("préfiguratrice", NORA, None)]),
        ("La romancière Nora Belkacem écrit.", [("romancière", NORA, None)]),
        (
            "Lumio recule. La Cnil l'a condamnée. Nora Belkacem, la fondatrice, sourit.",
            [("fondatrice", NORA, "Lumio")],
        ),
        (
            "Lumio recule. Nora Belkacem, cheffe d'atelier et déléguée Nubéo, soupire.",
            [("cheffe d'atelier", NORA, "Lumio"), ("déléguée", NORA, "Nubéo")],
        ),
        (
            "Lumio recule. Nora Belkacem, directrice de l'atelier et déléguée Nubéo, soupire.",
            [("directrice de l'atelier", NORA, "Lumio"), ("déléguée", NORA, "Nubéo")],
        ),
        (
            "Thomas Verneuil et Nora Belkacem, les deux fondateurs de Lumio, sourient.",
            [("fondateurs", NORA, "Lumio"), ("fondateurs", "Thomas Verneuil", "Lumio")],
        ),
        ("« La vie est ainsi faite », philosophe Nora Belkacem.", []),
        ("La philosophe Nora Belkacem écrit.", [("philosophe", NORA, None)]),
        ("Ancienne postière, Nora Belkacem écrit.", [("Ancienne postière", NORA, None)]),
        ("Nora Belkacem, chargée de défendre le texte, écrit.", []),
        (
            "Lumio recule. Nora Belkacem, chargée de clientèle depuis onze ans, soupire.",
            [("chargée de clientèle", NORA, "Lumio")],
        ),
        ("Nora Belkacem est, depuis le dernier remaniement, ministre du Travail.", [("ministre du Travail", NORA, None)]),
        ("Directrice générale de Lumio depuis 2019, Nora Belkacem part.", [("Directrice générale", NORA, "Lumio")]),
        ("Nommée secrétaire d'État au Numérique en mars, Nora Belkacem part.", [("secrétaire d'État au Numérique", NORA, None)]),
        ("Lumio annonce le retour de Nora Belkacem dans le fauteuil de présidente.", [("présidente", NORA, "Lumio")]),
        (
            "Nora Belkacem, ex-livreuse, aujourd'hui déléguée de Lumio, écrit.",
            [("ex-livreuse", NORA, None), ("déléguée", NORA, "Lumio")],
        ),
        ("Nora Belkacem, présidente de la maison mère Lumio, écrit.", [("présidente", NORA, "Lumio")]),
        ("Nora Belkacem, président-fondateur de Lumio, écrit.", [("président-fondateur", NORA, "Lumio")]),
        ("Paul Verdier, à l'époque directeur financier de Lumio, écrit.", [("directeur financier", "Paul Verdier", "Lumio")]),
        ("La ministre slovaque Nora Belkacem écrit.", [("ministre slovaque", NORA, None)]),
        ("Présidente depuis mars de la fondation Lumio, Nora Belkacem écrit.", [("Présidente", NORA, "Lumio")]),
        (
            "Lumio a un an. Nora Belkacem, sa directrice générale pour la France, sourit.",
            [("directrice générale", NORA, "Lumio")],
        ),
        (
            "Lumio a un an. Nora Belkacem, sa directrice, professeure invitée à la Cnil, écrit.",
            [("directrice", NORA, "Lumio"), ("professeure invitée", NORA, "Cnil")],
        ),
        ("Lumio a signé. Nora Belkacem, la trésorière, sourit.", [("trésorière", NORA, "Lumio")]),
        ("La Cnil a élu présidente Nora Belkacem.", [("présidente", NORA, "Cnil")]),
        ("Lumio proteste. La présidente Nora Belkacem se tait.", [("présidente", NORA, None)]),
        (
            "Lumio proteste. Le président de la République, Paul Verdier, se tait.",
            [("président de la République", "Paul Verdier", None)],
        ),
        (
            "La Commission européenne vise Lumio. Nora Belkacem, vice-présidente exécutive chargée de la Concurrence, se tait.",
            [("vice-présidente exécutive chargée de la Concurrence", NORA, "Commission européenne")],
        ),
        (
            "Lumio se tait. La Ligue des usagers du numérique proteste. « Assez », dit l'un de ses délégués, Paul Verdier.",
            [("délégués", "Paul Verdier", LIGUE)],
        ),
        ("Les délégués, Paul Verdier, écrit-on, ont cédé.", []),
        ("Lumio a reçu Nora Belkacem. Cette dernière fut directrice de Nubéo.", [("directrice", NORA, "Nubéo")]),
        ("Côté acheteur, Nora Belkacem se tait.", []),
        (
            "Lumio recrute.\n\nNora Belkacem, jusqu'ici conseillère de Nubéo, devient directrice.",
            [("conseillère", NORA, "Nubéo"), ("directrice", NORA, "Lumio")],
        ),
        ("Issue d'un parti membre de l'UNPR, Nora Belkacem écrit.", []),
        ("Nora Belkacem, ostréicultrice, proteste.", [("ostréicultrice", NORA, None)]),
        ("Paul Verdier, chauffeur-bibliothécaire, sourit.", [("chauffeur-bibliothécaire", "Paul Verdier", None)]),
        ("Ingénieure de formation, Nora Belkacem écrit.", []),
        ("Paul Verdier, le notaire automatique, répond.", []),
        ("Nora Belkacem, quarante et un ans, patronne de Lumio, sourit.", [("patronne", NORA, "Lumio")]),
        ("Nora Belkacem elle-même, présidente de Lumio, sourit.", [("présidente", NORA, "Lumio")]),
        ("Nora Belkacem, analyste jeux vidéo de Lumio, sourit.", [("analyste jeux vidéo", NORA, "Lumio")]),
        ("Paul Verdier, élu en mai gérant de Lumio, sourit.", [("gérant", "Paul Verdier", "Lumio")]),
        ("Nora Belkacem, l'autre fondatrice de Lumio, sourit.", [("fondatrice", NORA, "Lumio")]),
        ("Nora Belkacem, agronome travaillant pour Lumio, sourit.", [("agronome", NORA, None)]),
        ("Nora Belkacem est la première agronome à diriger Lumio.", [("première agronome", NORA, None)]),
        ("Nora Belkacem, l'infatigable patronne de Lumio, sourit.", [("patronne", NORA, "Lumio")]),
        ("La patronne de Lumio, c'est Nora Belkacem.", [("patronne", NORA, "Lumio")]),
        ("La fondatrice de Lumio, la baronne Nora Belkacem, plaide.", [("fondatrice", NORA, "Lumio")]),
        ("La déléguée de Lumio au conseil, Nora Belkacem, doute.", [("déléguée", NORA, "Lumio")]),
        (
            "Nora Belkacem quitte Nubéo. Elle occupait jusqu'alors le poste de trésorière de Nubéo.",
            [("trésorière", NORA, "Nubéo")],
        ),
        (
            "Lumio a reçu Paul Verdier. Il y deviendra le 14 juin directeur juridique de Lumio.",
            [("directeur juridique", "Paul Verdier", "Lumio")],
        ),
        (
            "Lumio recule. Nora Belkacem, directrice générale aux côtés de Paul Verdier, sourit.",
            [("directrice générale", NORA, "Lumio")],
        ),
        (
            "Nora Belkacem, cheffe du service des contrôles de la Cnil, sourit.",
            [("cheffe du service des contrôles", NORA, "Cnil")],
        ),
        (
            "Lumio recule. Nora Belkacem, directrice des ressources humaines du groupe, sourit.",
            [("directrice des ressources humaines", NORA, "Lumio")],
        ),
        ("Me Nora Belkacem, conseil des plaignants, plaide.", [("conseil des plaignants", NORA, None)]),
        ("Lumio recule. Nora Belkacem, l'administratrice judiciaire, sourit.", [("administratrice judiciaire", NORA, None)]),
        (
            "Lumio recule. Nora Belkacem, présidente et actionnaire de contrôle, sourit.",
            [("présidente", NORA, "Lumio"), ("actionnaire de contrôle", NORA, "Lumio")],
        ),
        (
            "Nubéo recule. Nora Belkacem intègre le fonds Brise Capital comme conseillère.",
            [("conseillère", NORA, "Brise Capital")],
        ),
        ("Nora Belkacem lui a été adjointe comme directrice.", [("directrice", NORA, None)]),
        ("Nora Belkacem est d'ailleurs une ancienne photographe.", [("ancienne photographe", NORA, None)]),
        (
            "Nora Belkacem et Paul Verdier comptent parmi les cofondateurs de Lumio.",
            [("cofondateurs", "Paul Verdier", "Lumio"), ("cofondateurs", NORA, "Lumio")],
        ),
        ("Lumio a installé dès mai Nora Belkacem comme directrice de site.", [("directrice de site", NORA, "Lumio")]),
        (
            "Les rapporteurs, la sociale-démocrate danoise Nora Belkacem et le conservateur Paul Verdier, signent.",
            [("rapporteurs", NORA, None), ("rapporteurs", "Paul Verdier", None)],
        ),
        ("Paul Verdier, directeur du laboratoire d'IA de Lumio, doute.", [("directeur", "Paul Verdier", "Lumio")]),
        ("Paul Verdier, VP produit chez Lumio, doute.", [("VP produit", "Paul Verdier", "Lumio")]),
        (
            "Lumio est menée par deux directeurs généraux, Nora Belkacem et Paul Verdier.",
            [("directeurs généraux", NORA, "Lumio"), ("directeurs généraux", "Paul Verdier", "Lumio")],
        ),
        ("Le PDG de Lumio a remercié Nora Belkacem.", []),
        ("Nora Belkacem connaît la ministre.", []),
        ("Le directeur est absent. Nora Belkacem aussi.", []),
        ("Nora Belkacem, qui aime le chocolat, sourit.", []),
    ],
)
def test_roles(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """The function without determiner, up to the name that completes it."""
    assert told(text) == expected


INTERVIEW = "Paul Verdier préside Lumio.\n\nOù ?\nIci.\n\nQui ?\nMoi.\n\nQuoi ?\n"
HEARD = "Paul Verdier préside l'Arcom.\n\nOù ?\nIci.\n\nQui ?\nMoi.\n\nQuoi ?\n"
LEFT = "Paul Verdier a quitté Nubéo pour cofonder Lumio.\n\nOù ?\nIci.\n\nQui ?\nMoi.\n\nQuoi ?\n"


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("Lumio promet d'avoir fini. J'ai reçu lundi leur patronne, Nora Belkacem.", "Lumio"),
        ("Lumio et Nubéo ont signé. J'ai reçu lundi leur patronne, Nora Belkacem.", None),
        (
            "Selon le Syndicat des pigistes du web, Lumio paie mal. Sa secrétaire générale, Nora Belkacem, proteste.",
            "Syndicat des pigistes du web",
        ),
        ("Selon le Syndicat des pigistes du web, Lumio paie mal. Sa directrice juridique, Nora Belkacem, proteste.", "Lumio"),
        ("Lumio s'est choisi une nouvelle directrice générale, Nora Belkacem.", "Lumio"),
        ("Lumio cherche une directrice. On cite Nora Belkacem, une ingénieure.", None),
        ("Lumio a plaidé devant le tribunal de commerce de Nanterre. Nora Belkacem, sa directrice commerciale, part.", "Lumio"),
        ("Lumio se tait. Son avocate, Nora Belkacem, plaide.", None),
        ("• Lumio, 12 M€. Nubéo et Brise Capital en sont. Sa fondatrice, Nora Belkacem, sourit.", "Lumio"),
        ("Lumio grandit, 12 M€. Nubéo signe. Sa fondatrice, Nora Belkacem, sourit.", "Nubéo"),
        (
            "La Cnil a condamné Lumio, selon la Ligue des usagers du numérique. « Enfin », dit sa présidente, Nora Belkacem.",
            LIGUE,
        ),
        ("La Cnil a condamné Lumio. « Assez », dit sa présidente, Nora Belkacem.", "Cnil"),
        ("Le parquet de Paris vise Lumio. La procureure, Nora Belkacem, se tait.", "parquet de Paris"),
        ("La Cnil vise Lumio. La procureure, Nora Belkacem, se tait.", None),
        ("La Ligue des usagers du numérique proteste. Nora Belkacem, sa déléguée à Lumio, aussi.", LIGUE),
        (
            "La mutuelle Lumio recule. Nubéo avance.\n\nQue répond la mutuelle ?\n\n« Rien », dit sa présidente, Nora Belkacem.",
            "Lumio",
        ),
        (f"{INTERVIEW}Nubéo nous suit. Nora Belkacem, cofondatrice, signe.", "Lumio"),
        ("Lumio recrute. Nora Belkacem, lasse de Nubéo, rejoint l'équipe comme associée.", "Lumio"),
        (f"{LEFT}Nora Belkacem, ma cofondatrice, signe.", "Lumio"),
        ("La Cnil a visé Nubéo et le messin Lumio, vingt serveurs, dont la directrice, Nora Belkacem, part.", "Lumio"),
        ("La Cnil a visé six patrons, dont la directrice générale, Nora Belkacem.", "Cnil"),
        (
            "Le concepteur de puces Nubéo recule. Lumio grandit. La directrice du concepteur, Nora Belkacem, part.",
            "Nubéo",
        ),
        (
            "Une société de haute finance, Lumio, recrute. Nubéo aussi. Nora Belkacem, directrice de la société, sourit.",
            "Lumio",
        ),
        ("Lumio se tait. Son adjointe, Nora Belkacem, aussi.", None),
        ("La Cnil doute. Nora Belkacem, cofondatrice, sourit.", None),
        ("Lumio recrute.\n\nNora Belkacem, venue de Nubéo, est nommée directrice.", "Lumio"),
        (
            "Lumio lève des fonds. Le tour est mené par Nubéo, Brise Capital et la Cnil. Nora Belkacem, cofondatrice, sourit.",
            "Lumio",
        ),
        ("Lumio paie. Le président de la métropole, Paul Verdier, attend.", None),
        (
            "L'Autorité des marchés numériques tranche. Lumio paie. La rapporteure générale, Nora Belkacem, attend.",
            "Autorité des marchés numériques",
        ),
        (
            "Lumio grandit.\n\nNubéo signe. Nubéo paie. Nubéo attend. Nora Belkacem, directrice juridique, rit.",
            "Lumio",
        ),
        ("La Ligue des usagers du numérique proteste. Sa déléguée à Lyon, Nora Belkacem, aussi.", LIGUE),
        (
            "Ça bouge.\n\nLumio grandit. En mai, Brise Capital y a mis un million. Nora Belkacem, la cofondatrice, sourit.",
            "Lumio",
        ),
        ("Le fonds Lumio grandit.\n\nLumio a choisi Nubéo. Nora Belkacem, la directrice, sourit.", "Lumio"),
        (
            "Ça bouge.\n\nBrise Capital et Drakkar Ventures misent sur Lumio. Son directeur général, Paul Verdier, sourit.",
            "Lumio",
        ),
        ("Nubéo recule. À la Cnil, Nora Belkacem, analyste, s'inquiète.", "Cnil"),
        ("Nubéo recule. Chez Lumio, rachetée en mai, la secrétaire adjointe, Nora Belkacem, s'inquiète.", "Lumio"),
        ("Nubéo recule. Au Sénat, la ministre, Nora Belkacem, s'inquiète.", None),
        ("Nubéo recule. À la Cnil, Nora Belkacem, ancienne analyste, s'inquiète.", None),
        ("Lumio recule. Nora Belkacem, acheteuse dans une petite entreprise, s'inquiète.", None),
        ("Lumio recule. Nora Belkacem, patronne d'une start-up, s'inquiète.", None),
        ("Lumio recule. Nora Belkacem, cheffe des finances, s'inquiète.", "Lumio"),
        (
            "Du neuf.\n\nOn parle de Lumio. Sa mission : relier les serveurs de la Cnil. Sa directrice, Nora Belkacem, sourit.",
            "Lumio",
        ),
        ("Du neuf.\n\nOn parle de Lumio. Son rival, Nubéo, recule. Sa directrice, Nora Belkacem, sourit.", "Nubéo"),
        ("Lumio recule. Nora Belkacem, cheffe de la minorité, s'inquiète.", None),
        ("La Ligue des usagers du numérique proteste. Nora Belkacem, secrétaire régionale, aussi.", LIGUE),
        ("La Ligue des usagers du numérique élit un bureau : Nora Belkacem, déléguée aux outils.", LIGUE),
        ("Nora Belkacem, arrivée en mai chez Lumio comme conseillère de la direction, s'inquiète.", "Lumio"),
        ("La Cnil a écrit à Lumio. Sa conseillère numérique, Nora Belkacem, attend.", None),
        ("La commission d'enquête du Sénat écoute. Formée en mai, elle siège. Son président, Paul Verdier, rit.", None),
        (
            "Lumio se tait. La Ligue des usagers du numérique proteste. Nubéo paie. Sa secrétaire générale, Nora Belkacem, rit.",
            "Nubéo",
        ),
        ("Lumio reçoit la Ligue des usagers du numérique. Son secrétaire, Paul Verdier, rit.", LIGUE),
        ("Lumio recule. Nora Belkacem, cheffe de file de la coalition, rit.", None),
        ("Lumio paie Nubéo. Chez Nubéo, on rit. Nora Belkacem, associée, aussi.", "Nubéo"),
        ("Lumio paie Nubéo. Chez Nubéo, on rit. « Merci », dit Nora Belkacem, associée.", "Nubéo"),
        ("Lumio paie. Au Sénat, on rit. Nora Belkacem, gérante, aussi.", "Lumio"),
        ("Lumio grandit. Lumio voit Nubéo quitter la maison. Le patron de ce dernier, Paul Verdier, rit.", "Nubéo"),
        ("Lumio grandit. Lumio voit Nubéo quitter le groupe. Le patron de ce dernier, Paul Verdier, rit.", "Lumio"),
        ("Lumio grandit.\n\nNubéo recrute. Nubéo rit. Nubéo paie. Nubéo vend.\n\nNora Belkacem, présidente, rit.", "Lumio"),
        ("La Commission européenne voit Lumio. Nora Belkacem, l'une des commissaires, rit.", "Commission européenne"),
        ("La Cnil paie Lumio. La rapporteure générale, Nora Belkacem, rit.", "Cnil"),
        ("Lumio a recruté. Nora Belkacem, directrice générale de Merlin 2 chez Nubéo, rit.", "Nubéo"),
        ("Du neuf chez Nubéo.\n\nNubéo a vu Lumio. Lumio recrute. Nora Belkacem y était directrice générale.", "Lumio"),
        (f"{HEARD}Notre rapporteure, Nora Belkacem, signe.", "Arcom"),
        (
            "Lumio doute. Son usine, vantée par la Ligue des usagers du numérique, grandit. Son secrétaire, Paul Verdier, rit.",
            LIGUE,
        ),
        ("Lumio a été cédée jeudi au suédois Nubéo. Nora Belkacem, directrice des opérations de l'acquéreur, rit.", "Nubéo"),
        (
            "La Commission européenne enquête. Lumio se tait. Nora Belkacem, vice-présidente de l'exécutif, rit.",
            "Commission européenne",
        ),
        (
            f"Du neuf chez Lumio.\n\nLumio grandit.\n\n{'Rien ne va. ' * 14}\n\nOn parle à Nubéo. Nora Belkacem, PDG, rit.",
            "Lumio",
        ),
        ("Nubéo recule. Les salariés de Lumio ont écouté leur présidente, Nora Belkacem.", "Lumio"),
        ("Lumio appelle. J'entends leur conseillère, puis leur présidente, Nora Belkacem.", "Lumio"),
        (
            "La mutuelle Lumio grandit. La Cnil signe.\n\nLa mutuelle voit Nubéo. « Non », dit sa présidente, Nora Belkacem.",
            "Lumio",
        ),
    ],
    ids=[
        "of a group",
        "of a pair",
        "of a union",
        "of a company",
        "anew",
        "one of many",
        "no court",
        "held for others",
        "of an item's head",
        "of no item",
        "of whom is quoted",
        "of whom the sentence is about",
        "of the parquet",
        "of none named",
        "at which it is held",
        "of whom a question asks",
        "of who answers",
        "of who is joined",
        "not of who is left",
        "of which",
        "of people",
        "of a maker",
        "of what a noun like a verb ends",
        "of a deputy",
        "of no authority",
        "come from",
        "of no investor",
        "of a city without a name",
        "of an authority",
        "of the headline's firm",
        "of who sends her to a place",
        "of no fund that comes in",
        "of a fund in the headline",
        "of whom funds invest in",
        "of who frames the sentence",
        "of who frames it by what befell him",
        "of the state, in a frame",
        "past, in a frame",
        "in some body unnamed",
        "of some body unnamed",
        "of a division",
        "of whose mission was told",
        "of a rival named",
        "of a minority",
        "of a union, bare",
        "of an association, bare",
        "at which she has arrived",
        "of whom somebody advises",
        "of an inquiry",
        "of a company between a union and its secretary",
        "of a union, a bare secretary's",
        "of a coalition",
        "of who frames the sentence before",
        "of who frames the sentence before what is said",
        "of no place that frames it",
        "of the latter, of another gender than what stands last",
        "of the latter, of the gender of what stands last",
        "of the headline's body rather than the nearer",
        "of a commission",
        "of a regulator",
        "at which a product is made",
        "there",
        "held for whom we are",
        "of a union that a sentence about another's names",
        "of whom it was sold to",
        "of the executive",
        "of the article's subject, named long before",
        "of a body's people",
        "of those who were spoken of",
        "of whom a description is",
    ],
)
def test_whose_an_office_is(text: str, org: str | None) -> None:
    """« son », « leur » and « une nouvelle » leave the organisation to the sentences before, by the kind of office."""
    assert [role[2] for role in told(text)] == [org]


def test_mine_is_of_the_body_for_which_whoever_answers_speaks() -> None:
    """« mon associé » in an interview is one of the company whose founder answers; elsewhere it is nobody's."""
    opening = "Lumio grandit.\n\nFondatrice de Lumio, Élise Marchetti regarde vers Nubéo.\n\nPourquoi ?\n"
    questions = "\n\nEt ensuite ?\nRien.\n\nVraiment ?\nOui."
    answer = "Mon associée, Nora Belkacem, y tient."
    assert told(opening + answer + questions)[-1] == ("associée", NORA, "Lumio")
    assert told(answer) == [("associée", NORA, None)]
    assert told(f"{opening}Notre avocate, Nora Belkacem, y tient.{questions}")[-1] == ("avocate", NORA, "Lumio")


def test_ours_in_a_press_release_is_of_the_body_that_issues_it() -> None:
    """A bare office of a press release is one of its issuer, where the sentence names no other body."""
    text = (
        "Lumio grandit.\n\nUn accord avec Nubéo. Nubéo y tient. Nora Belkacem, responsable des ventes, rit. "
        "Chez Nubéo, Paul Verdier, responsable des achats, rit aussi."
    )
    signs = [rule.id for rule in LEXICON.rules["boilerplate"].rules if rule.assigns.get("sign") == "release"]
    found = {}
    for sign in signs:
        release = replace(plain_document(text), removals=(Removal(sign, 0, 0),))
        found[sign] = [role.org.canonical for role in ROLES.find(release, CAST.mentions(text)) if role.org]
    assert found == {sign: ["Lumio", "Nubéo"] for sign in ("press-contact", "press-contacts", "release-label")}
    assert [org for _, _, org in told(text)] == ["Nubéo", "Nubéo"]


@pytest.mark.parametrize(
    ("text", "org"),
    [
        ("Lumio a recruté un directeur technique, Paul Verdier.", "Lumio"),
        ("Lumio s'est doté d'un délégué général, Paul Verdier, venu de Nubéo.", "Lumio"),
        ("Lumio grandit. Un directeur délégué, Paul Verdier, venu de Nubéo, a été nommé en mai.", "Lumio"),
        ("Lumio grandit. Un directeur délégué, Paul Verdier, venu de Nubéo, sourit.", None),
        ("Lumio recule. L'ex-PDG Nora Belkacem est attendue.", "Lumio"),
        ("Lumio recule. L'ancienne présidente Nora Belkacem est attendue.", None),
        ("Lumio recule. Un ancien PDG, Paul Verdier, est attendu.", None),
        ("Lumio recule. Son ancienne adjointe, Nora Belkacem, est attendue.", None),
        ("Lumio est entendu.\n\nM. Paul Verdier, président. – Nous recevons Lumio.", None),
        ("Carnet\n\nNubéo\nOn recrute.\n\nLumio (LMO)\nRéélue hier, la présidente Nora Belkacem reste.", "Lumio"),
        ("Carnet\n\nNubéo\nOn recrute.\n\nOn part de Lumio\nRéélue hier, la présidente Nora Belkacem reste.", None),
        ("La Dépêche du Val doute. « Trop tard », soupire l'éditorialiste Nora Belkacem.", "La Dépêche du Val"),
        ("Lumio recule. L'ancienne directrice, Nora Belkacem, est attendue.", "Lumio"),
        ("D'après la Ligue des usagers du numérique, Lumio paie. « Non », dit Paul Verdier, délégué syndical.", LIGUE),
        ("La Ligue des usagers du numérique proteste. Son délégué chez Lumio, Paul Verdier, aussi.", LIGUE),
        ("Lumio gagne. La vice-présidente aux forêts, Nora Belkacem, proteste.", None),
        ("Nubéo gagne. Et Lumio ? Son fondateur, Paul Verdier, proteste.", "Lumio"),
        ("Nubéo gagne. Hugo Lantier a maltraité Lumio ; son fondateur, Paul Verdier, proteste.", "Lumio"),
    ],
    ids=[
        "recruited",
        "provided with",
        "one who is named",
        "one who smiles",
        "the former",
        "a former president",
        "one of the former",
        "a former aide",
        "in minutes",
        "below a name that fills a line",
        "below another line",
        "of a paper",
        "a former head",
        "of a union told as the source",
        "of a union, held at a firm",
        "of a council",
        "of whom a question names",
        "of whom the clause before names",
    ],
)
def test_offices_that_somebody_takes_or_has_left(text: str, org: str | None) -> None:
    """Whoever is recruited, and « l'ex-PDG », is of the body spoken of; a line with its name tells the body of its paragraph."""
    assert [role[2] for role in told(text)] == [org]


def test_a_description_stands_for_its_person_beside_other_functions() -> None:
    """« Cette spécialiste du bois, ancienne associée … » has the functions, and its own noun is none."""
    text = "Nora Belkacem est là. Cette spécialiste du bois, ancienne associée de Nubéo, est directrice de Lumio."
    assert told(text) == [("ancienne associée", NORA, "Nubéo"), ("directrice", NORA, "Lumio")]
    assert told(text.removeprefix("Nora Belkacem est là. ")) == []


def test_a_past_trade_behind_an_office_is_held_nowhere() -> None:
    """« son PDG, ancien rugbyman »: Lumio has a PDG, no rugbyman."""
    text = "Lumio recule. Paul Verdier, son PDG, ancien rugbyman, sourit."
    assert told(text) == [("PDG", "Paul Verdier", "Lumio"), ("ancien rugbyman", "Paul Verdier", None)]


def test_a_function_without_a_person_is_a_near_miss() -> None:
    """« La directrice juridique » names nobody whom a rule could tie to it."""
    text = "La directrice juridique de Lumio a reçu Nora Belkacem."
    (near,) = ROLES.near_misses(plain_document(text), CAST.mentions(text))
    assert (near.text, near.what) == (
        "directrice juridique",
        "no rule ties it to a person of its paragraph, though it names Nora Belkacem",
    )
