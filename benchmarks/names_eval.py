"""What each part of the names brings: F1 on exact spans, without each part in turn, with calibration error and speed.

    python benchmarks/names_eval.py GOLD.jsonl [MORE.jsonl …] [--model FOLDER] [--errors] [--fit] [--only PART …]
    python benchmarks/names_eval.py GOLD.jsonl --table [--beside LABEL=FOLDER …]

Texts are cleaned as in a run and compared by the offsets of the source; the corpus's votes are left out. `--errors` prints
what was missed and invented, `--fit` the curves of calibration that the gold asks for, `--table` the table of the README:
fr_core_news_md as it is, other networks alone (`--beside`, folders that `veille train` wrote), and veille without each part.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from pipeline.clean import Cleaner
from pipeline.gold import read_gold
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import ENTITY_TYPES, Article, Document, Mention
from pipeline.recognize.calibration import company, expected_calibration_error, fit
from pipeline.recognize.model import NameModel
from pipeline.recognize.names import PARTS, NameRecognizer, Part

Gold = dict[str, Any]
Place = tuple[int, int, str]
Places = dict[Place, Mention]
CALLED = {"model": "network", "gazetteer": "gazetteers", "rules": "context rules", "consistency": "consistency"}
OTHERS = ["tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter", "tagger"]
"""What a NER-only pipe of fr_core_news_md leaves out; its NER has a token-to-vector layer of its own."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The articles of a gold file, cleaned."""

    golds: Sequence[Gold]
    documents: Sequence[Document]

    @classmethod
    def read(cls, paths: Iterable[Path], lexicon: Lexicon) -> Texts:
        golds = [gold for path in paths for gold in read_gold(path)]
        cleaner = Cleaner(lexicon)
        articles = (Article(g["doc_id"], "gold", g["text"], published=g.get("published")) for g in golds)
        return cls(golds, [cleaner.clean(article) for article in articles])

    def found(self, mentions: Iterable[Sequence[Mention]]) -> list[Places]:
        """Each article's mentions by their place in the source."""
        return [source_places(d, m) for d, m in zip(self.documents, mentions, strict=True)]


def source_places(document: Document, mentions: Iterable[Mention]) -> Places:
    return {(*document.to_source.source_span(m.start, m.end), m.type): m for m in mentions}


def gold_places(gold: Gold) -> set[Place]:
    return {(e["start"], e["end"], e["type"]) for e in gold["entities"] if e["type"] in ENTITY_TYPES}


def count(golds: Sequence[Gold], found: Sequence[Places]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for gold, places in zip(golds, found, strict=True):
        expected, ours = gold_places(gold), set(places)
        for kind, group in (("right", expected & ours), ("missed", expected - ours), ("invented", ours - expected)):
            counts.update((place[2], kind) for place in group)
    return counts


def f1(counts: Counter[tuple[str, str]], types: Iterable[str]) -> float:
    right, missed, invented = (sum(counts[t, kind] for t in types) for kind in ("right", "missed", "invented"))
    return 2 * right / (2 * right + missed + invented) if right else 0.0


def show(label: str, counts: Counter[tuple[str, str]], *, table: bool) -> None:
    if table:
        print(f"| {label} | " + " | ".join(f"{f1(counts, (t,)):.3f}" for t in ENTITY_TYPES) + " |")
    else:
        print(f"{label:<28} " + " ".join(f"{f1(counts, types):8.3f}" for types in (*((t,) for t in ENTITY_TYPES), ENTITY_TYPES)))


def find_as_it_is(documents: Sequence[Document]) -> Iterator[list[Mention]]:
    """What fr_core_news_md finds on its own, its tokenizer and all; it knows no products and laws."""
    nlp = spacy.load("fr_core_news_md", exclude=OTHERS)
    for doc in nlp.pipe(document.text for document in documents):
        spans = [span for span in doc.ents if span.label_ in ENTITY_TYPES and span.text.strip()]
        yield [Mention(s.start_char, s.end_char, s.text, s.label_, "spacy", "model") for s in spans]


def print_errors(golds: Sequence[Gold], found: Sequence[Places]) -> None:
    for gold, places in zip(golds, found, strict=True):
        expected = gold_places(gold)
        for place in sorted(expected ^ set(places)):
            start, end, kind = place
            text = gold["text"]
            shown = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
            why = f"{places[place].rule_id} {places[place].score}" if place in places else ""
            print(f"{gold['doc_id'][:28]:<28} {'missed' if place in expected else 'invented':<8} {kind:<7} {why:<34} {shown!r}")


def print_calibration(golds: Sequence[Gold], found: Sequence[Places]) -> None:
    pairs = [
        (m.score or 0.0, place in gold_places(g)) for g, places in zip(golds, found, strict=True) for place, m in places.items()
    ]
    print(f"expected calibration error {expected_calibration_error(pairs):.4f} over {len(pairs)} names")


def print_fit(texts: Texts, lexicon: Lexicon, by_network: Sequence[Sequence[Mention]]) -> None:
    names, pairs = NameRecognizer(lexicon), dict[str, list[tuple[float, bool]]]()
    for gold, document, mentions in zip(texts.golds, texts.documents, by_network, strict=True):
        places = gold_places(gold)
        for decision in names.decide(document, mentions):
            right = (*document.to_source.source_span(decision.start, decision.end), decision.type) in places
            pairs.setdefault(company(decision), []).append((decision.total, right))
    for name in sorted(pairs):
        slope, intercept = fit(pairs[name])
        print(f"  {name}: {{slope: {slope:.2f}, intercept: {intercept:.2f}}}  # {len(pairs[name])} names")


def rows(only: Sequence[Part] | None) -> list[tuple[str, tuple[Part, ...]]]:
    """The label and the parts of each row."""
    if only is not None:
        return [("only " + " ".join(only), tuple(only))]
    return [*((f"veille without {CALLED[part]}", tuple(p for p in PARTS if p != part)) for part in PARTS), ("veille", PARTS)]


def resolve(texts: Texts, lexicon: Lexicon, parts: tuple[Part, ...], by_network: Sequence[Sequence[Mention]]) -> list[Places]:
    names = NameRecognizer(lexicon, parts=parts)
    heard = by_network if "model" in parts else [()] * len(by_network)
    return texts.found(names.resolve(d, m) for d, m in zip(texts.documents, heard, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--table", action="store_true", help="as Markdown, beside fr_core_news_md as it is")
    parser.add_argument("--beside", action="append", default=[], metavar="LABEL=FOLDER", help="another network alone")
    parser.add_argument("--only", nargs="*", choices=PARTS, help="one row, with these parts alone")
    args = parser.parse_args()
    lexicon = load_lexicon()
    texts = Texts.read(args.gold, lexicon)
    if args.table:
        print("| | " + " | ".join(ENTITY_TYPES) + " |\n|---" + "|---:" * len(ENTITY_TYPES) + "|")
        show("fr_core_news_md as it is", count(texts.golds, texts.found(find_as_it_is(texts.documents))), table=True)
    else:
        print(f"{'':<28} " + " ".join(f"{t:>8}" for t in (*ENTITY_TYPES, "all")))
    for label, _, folder in (named.partition("=") for named in args.beside):
        show(label, count(texts.golds, texts.found(NameModel(Path(folder)).find(texts.documents))), table=args.table)
    network, start = NameModel(args.model) if args.model else NameModel(), time.process_time()
    by_network = list(network.find(texts.documents))
    seconds = time.process_time() - start
    show(
        "the shipped network alone" if args.model is None else "the network alone",
        count(texts.golds, texts.found(by_network)),
        table=args.table,
    )
    for label, parts in rows(args.only):
        start = time.process_time()
        found = resolve(texts, lexicon, parts, by_network)
        took = time.process_time() - start
        show(label, count(texts.golds, found), table=args.table)
    print_calibration(texts.golds, found)
    size = sum(len(document.text.encode()) for document in texts.documents) / 1e6
    print(f"network {size / seconds:.2f} MB/s, everything else {size / took:.2f} MB/s")
    if args.fit:
        print_fit(texts, lexicon, by_network)
    if args.errors:
        print_errors(texts.golds, found)


if __name__ == "__main__":
    main()
