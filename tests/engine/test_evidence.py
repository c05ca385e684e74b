"""Names compared by queries, block by block and out of core, give the evidence that they give in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa
import pytest

from pipeline import question as asked
from pipeline.deduplicate import evidence
from pipeline.deduplicate.article import ArticleNames
from pipeline.deduplicate.carried import needs_company
from pipeline.deduplicate.entities import Guide, LocalNames, read_local_names
from pipeline.deduplicate.gathered import Beside, Forms, gather_names, nothing_before
from pipeline.deduplicate.known import Name
from pipeline.engine.corpus import connected
from pipeline.engine.evidence import find_evidence
from pipeline.engine.lent import Lent
from pipeline.settings import Settings
from tests.built import built_in_lexicon
from tests.deduplicate.marked import marked
from tests.deduplicate.test_stability import CORPUS

GUIDE = Guide.load(built_in_lexicon())
LENT = Lent("any", Settings(), here=GUIDE)
MET = "à [LOC Brest] et à [LOC Nantes]"
TEXTS = (
    "[ORG Vélora] et [ORG Vélora France] signent.",
    "[ORG VELORA] à [LOC Brest].",
    "[ORG Ost Rane SAS] à [LOC Brest].",
    "[ORG OstRane] à [LOC Brest].",
    "[ORG Ost Rane] à [LOC Nantes].",
    "[ORG Lunaris] vend [PRODUCT Twitter] et [PRODUCT Lunaris Kestrel].",
    "[PRODUCT Kestrel] vient de [ORG Lunaris].",
    "[ORG Groupe Lunaris] à [LOC Nantes].",
    f"[ORG Pantographe] {MET}",
    f"[ORG Pantographe] {MET}",
    f"[ORG Pantografe] {MET}",
    "[PER Dr Kai Vorland] à [LOC Brest].",
    "[PER Kai Vorland] à [LOC Brest].",
    "[PER K. Vorland] à [LOC Rennes].",
    "[PER Vorland] à [LOC Brest].",
    "[PER Anne Kerbrat] et [PER Hugo Kerbrat] à [LOC Brest].",
    "[PER Kerbrat] à [LOC Brest].",
    "[LAW loi Marnier], puis [LAW projet de loi Marnier].",
    "[ORG Kerlan Quai Nord] dort à [LOC Nantes]. [ORG Kerlan] rit.",
    "[ORG Kerlan] à [LOC Nantes].",
)
ARTICLES = [marked(f"m{number:02}", text) for number, text in enumerate(TEXTS)]
Found = list[tuple[str, str, str, float, str]]


def stored(articles: Iterable[LocalNames]) -> pa.Table:
    """What merging shows of the names: a row for each of an article."""
    rows = [
        {"number": number, "type": name.type, "text": name.text, "key": name.full, "carries": name.carries, "roles": name.roles}
        for number, article in enumerate(articles)
        for name in article.names
    ]
    names = [(column, pa.string()) for column in ("type", "text", "key")]
    schema = pa.schema([("number", pa.int64()), *names, ("carries", pa.bool_()), ("roles", pa.list_(pa.string()))])
    return pa.Table.from_pylist(rows, schema=schema)


@pytest.fixture
def base() -> Iterator[duckdb.DuckDBPyConnection]:
    with connected() as connection:
        yield connection


def local_names(articles: Iterable[ArticleNames]) -> list[LocalNames]:
    return [read_local_names(article, GUIDE) for article in articles]


def show_names(base: duckdb.DuckDBPyConnection, articles: Iterable[LocalNames]) -> None:
    """Have queries see the names of the articles as `form` and `stands`."""
    base.register("stands", stored(articles))
    base.execute("CREATE OR REPLACE TEMP TABLE form AS SELECT DISTINCT type, text, key, carries FROM stands")


def in_memory(articles: Iterable[LocalNames]) -> tuple[Found, set[tuple[str, str, str]]]:
    """The evidence, and the short forms that need company and share a name with a full one."""
    found = gather_names(articles, Forms(nothing_before))
    keys = [form.key for form in found.numbers]
    names, roles = sorted(set(keys)), dict[Name, set[str]]()
    for number, words in found.roles.items():
        roles.setdefault(keys[number], set()).update(words)
    beside = Beside(found, names, keys)
    each = evidence.find_evidence(names, roles, beside, GUIDE)
    short = ((form.type, form.text, form.full) for form in found.numbers if form.carries and needs_company(form.written))
    shared = {(kind, text, full) for kind, text, full in short if beside.shared((kind, text), (kind, full))}
    return sorted((*pair.left, pair.right[1], pair.score, pair.reason) for pair in each), shared


def found(base: duckdb.DuckDBPyConnection) -> Found:
    return base.execute('SELECT type, "left", "right", score, reason FROM evidence ORDER BY ALL').fetchall()


def test_the_evidence_of_each_kind(base: duckdb.DuckDBPyConnection) -> None:
    show_names(base, local_names(ARTICLES))
    find_evidence(base, LENT)
    assert [(kind, right, score, reason) for kind, _, right, score, reason in found(base)] == [
        (
            "LAW",
            "projet de loi Marnier",
            0.95,
            "projet de loi Marnier is loi Marnier: the same law but for what it is called on its way",
        ),
        ("ORG", "Lunaris", 0.85, "Lunaris is the only short form of Groupe Lunaris"),
        ("ORG", "Ost Rane SAS", 0.95, "Ost Rane SAS is Ost Rane: the same but for the legal form"),
        ("ORG", "OstRane", 0.95, "OstRane is Ost Rane: the same letters without spaces"),
        ("ORG", "Pantografe", 0.75, "Pantografe is a misspelling of Pantographe: both beside Brest and Nantes"),
        ("ORG", "Vélora", 0.95, "Vélora is VELORA: the same but for the legal form"),
        ("ORG", "Vélora", 0.95, "Vélora is VELORA: the same letters without spaces"),
        ("ORG", "Vélora", 1.0, "Vélora is VELORA: the same letters"),
        ("ORG", "Vélora France", 0.85, "Vélora France is the branch of Vélora"),
        ("PER", "K. Vorland", 0.9, "K. Vorland is Dr Kai Vorland: vorland, given names fit"),
        ("PER", "Kai Vorland", 0.95, "Kai Vorland is Dr Kai Vorland: the same person but for a title"),
        ("PER", "Vorland", 0.7, "Vorland is Dr Kai Vorland: vorland, the only one of that surname"),
        ("PRODUCT", "Kestrel", 0.85, "Kestrel is Lunaris Kestrel: Lunaris makes it"),
        ("PRODUCT", "Twitter", 0.99, "X was called Twitter until 2023-07-24, gazetteer products-software.csv"),
    ]


@pytest.mark.parametrize("bucket", [3, asked.BUCKET], ids=["three rows at a time", "all rows at a time"])
def test_queries_find_what_memory_finds(bucket: int, base: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "BUCKET", bucket)
    articles = local_names((*CORPUS, *ARTICLES))
    show_names(base, articles)
    find_evidence(base, LENT)
    assert (found(base), set(base.execute("FROM beside").fetchall())) == in_memory(articles)


def test_names_that_nobody_wrote_are_no_evidence(base: duckdb.DuckDBPyConnection) -> None:
    show_names(base, [])
    find_evidence(base, LENT)
    assert (found(base), base.execute("FROM beside").fetchall()) == ([], [])
