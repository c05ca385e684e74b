"""Names: organisations, people, places, products and laws, by everything that speaks for them.

The trained model, the gazetteer, the context rules and the consistency of the article each give evidence for spans; the
ballot adds it up. Each of the four may be left out, which is how we know what each brings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import tee
from typing import Literal, Protocol

from pipeline.lexicon import GazetteerEntry, Lexicon
from pipeline.model import NO_PARTS, Document, EntityType, Mention, Span
from pipeline.recognize.acronyms import Acronyms
from pipeline.recognize.ballot import Decision, decide
from pipeline.recognize.boundaries import Edges, is_whole_word, only_opens, split_pair, stop_early
from pipeline.recognize.brands import Brands
from pipeline.recognize.calibration import Calibration, log_odds
from pipeline.recognize.chunks import Chunker
from pipeline.recognize.consistency import ArticleVote, find_hinted, yielding
from pipeline.recognize.context import ContextRules
from pipeline.recognize.coordination import Lists, find_extended, find_pairs, with_versions
from pipeline.recognize.doubts import weaken_lone, weaken_parts, without_given_names, without_guesses, without_people
from pipeline.recognize.evidence import MAKER_AND_PRODUCT, Evidence
from pipeline.recognize.gazetteer import Gazetteer
from pipeline.recognize.lowercase import LowercaseNames, SmallEndings
from pipeline.recognize.people import PeopleByShape
from pipeline.recognize.places import Places
from pipeline.recognize.weights import Weights, read_weights

Stretches = frozenset[tuple[int, int]]
Part = Literal["model", "gazetteer", "rules", "consistency"]
PARTS: tuple[Part, ...] = ("model", "gazetteer", "rules", "consistency")
_CAMPS = ("party", "parliamentary-group", "union", "media")


class Model(Protocol):
    """What gives the model's mentions of documents, in the order of the documents."""

    def find(self, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]: ...


class NameRecognizer:
    """Finds names. Built once from the lexicon; `resolve` needs no model and pickles for worker processes."""

    def __init__(self, lexicon: Lexicon, model: Model | None = None, *, parts: tuple[Part, ...] = PARTS) -> None:
        words, given = lexicon.words["names"], lexicon.words["names_given"]
        given_names = frozenset((*given["female"], *given["male"], *given["either"]))
        self._parts = parts
        self._model = model if "model" in parts else None
        self._weights = read_weights(lexicon.words["names_weights"])
        shapes = lexicon.rules["names"]
        known = lexicon.gazetteer if "gazetteer" in parts else ()
        self._gazetteer = Gazetteer(known, shapes, self._weights)
        self._chunker = Chunker(shapes, words, given_names)
        self._edges = Edges(shapes)
        self._people = PeopleByShape(shapes, given_names, self._weights)
        self._acronyms = Acronyms(shapes, words)
        self._brands = Brands(shapes, self._weights)
        self._lists = Lists(shapes, self._weights)
        self._version = re.compile(shapes.expand("{further}"))
        self._several = re.compile(shapes.expand("{several_words}"))
        self._rules = ContextRules(lexicon, self._chunker)
        self._lowercase = LowercaseNames(shapes, self._chunker, self._rules.cues.nouns)
        self._endings = SmallEndings(shapes, given_names)
        self._calibration = Calibration(lexicon.words["names_calibration"])
        self._heads, self._camps = frozenset(words["short_heads"]), camps(known)
        self._no_people = self._heads | self._camps
        self._vote = ArticleVote(shapes, words, given, self._weights)

    def find(self, documents: Iterable[Document], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]:
        """The names of each document, in the order of the documents."""
        if self._model is None:
            for document in documents:
                yield self.resolve(document)
            return
        first, second = tee(documents)
        for document, mentions in zip(first, self._model.find(second, batch_size=batch_size), strict=True):
            yield self.resolve(document, mentions)

    def resolve(self, document: Document, model_mentions: Iterable[Mention] = ()) -> tuple[Mention, ...]:
        """The names of one document, given what the model found in it; sorted by start, not overlapping."""
        decisions = self.decide(document, model_mentions)
        return tuple(self._mention(document, decision) for decision in decisions)

    def decide(self, document: Document, model_mentions: Iterable[Mention] = ()) -> tuple[Decision, ...]:
        """The names with all the voices for them: what `resolve` turns into mentions."""
        chunks = list(self._endings.lengthen(document, self._chunker.find(document)))
        evidence, nothing = self._gather(document, chunks, model_mentions)
        chunks = [chunk for chunk in chunks if not nothing.touching(chunk)]
        decisions = decide(evidence, self._weights)
        if "consistency" not in self._parts:
            return decisions
        given = without_given_names(evidence, decisions, document.folded)
        if len(given) < len(evidence):
            evidence, decisions = given, decide(given, self._weights)
        either = known_for_both(evidence, speaks_up=self._weights.speaks_up)
        listed = self._lists.find(document, decisions, chunks, either=either)
        extended = find_extended(document, decisions, chunks, weight=self._weights.extended)
        pairs = find_pairs(document, decisions, chunks, weight=self._weights.paired)
        hinted = tuple(find_hinted(document.folded, evidence, decisions, self._weights, several_words=self._several))
        echoes = yielding(evidence, self._vote.echo(document, decisions), self._weights)
        settled = decide([*evidence, *listed, *extended, *pairs, *hinted, *echoes], self._weights)
        return tuple(with_versions(document.folded, settled, self._version))

    def _mention(self, document: Document, decision: Decision) -> Mention:
        """The mention, with the kind that the strongest rule to assign one gives (« la licorne Lumio » → unicorn)."""
        lead, kinds = decision.voices[0], self._rules.kinds
        kind = next((kinds[voice.rule_id] for voice in decision.voices if voice.rule_id in kinds), None)
        return Mention(
            decision.start,
            decision.end,
            document.text[decision.start : decision.end],
            decision.type,
            rule_id=lead.rule_id,
            method=lead.method,
            score=self._calibration.score(decision),
            canonical=decision.canonical,
            parts={"kind": kind} if kind else NO_PARTS,
        )

    def _gather(self, document: Document, chunks: list[Span], model_mentions: Iterable[Mention]) -> tuple[list[Evidence], Places]:
        """The voices before any vote, and the runs that name nothing of ours."""
        known = list(self._known(document))
        whole = frozenset(voice.place for voice in known if voice.whole)
        evidence, nothing = [*self._from_model(document, model_mentions, whole), *known], Places.of(())
        if "rules" in self._parts:
            small = tuple(self._lowercase.find(document))
            context = self._rules.find(document, [*chunks, *small])
            evidence += self._trimmed(document, without_people(context.evidence, small))
            evidence += self._trimmed(document, self._acronyms.find_names(document, self._weights))
            sure = {voice.place for voice in known if voice.weight >= self._weights.known and voice.type != "PER"}
            evidence += (voice for voice in self._people.find(document, chunks) if voice.place not in sure)
            evidence = [e for e in evidence if e.type != "PER" or document.folded[e.start : e.end] not in self._no_people]
            evidence = list(stop_early(document, evidence, chunks, heads=self._heads))
            evidence = list(self._edges.stop_at_known(document, evidence, chunks, known=self._weights.known))
            evidence = list(weaken_lone(document, evidence, weight=self._weights.network_lone))
            evidence = list(weaken_parts(document, evidence, chunks, weight=self._weights.known_part))
            evidence += self._brands.find(document, chunks, evidence)
            nothing = Places.of((span.start, span.end) for span in context.nothing)
            evidence = list(without_guesses(evidence, nothing, known=self._weights.known))
        found: dict[str, set[EntityType]] = {}
        for voice in evidence:
            found.setdefault(document.folded[voice.start : voice.end], set()).add(voice.type)
        forms = {document.folded[e.start : e.end] for e in evidence if e.method == "gazetteer" and e.whole}
        return [half for voice in evidence for half in _halves(document, voice, found, forms)], nothing

    def _known(self, document: Document) -> Iterator[Evidence]:
        for voice in self._gazetteer.find(document):
            if voice.weight >= self._weights.known or not self._chunker.is_common(document.folded[voice.start : voice.end]):
                yield voice

    def _from_model(self, document: Document, mentions: Iterable[Mention], known: Stretches) -> Iterator[Evidence]:
        voices = (
            Evidence(self._rules.after_kind(document, m), m.end, _entity_type(m), "model", "model", self._weight(document, m))
            for m in mentions
            if m.type in self._weights.network and not is_bare_noun(m)
        )
        halves = (half for voice in voices for half in self._edges.unjoin(document, voice))
        return (self._edges.end_body(document, voice, self._heads) for voice in self._trimmed(document, halves, known))

    def _weight(self, document: Document, mention: Mention) -> float:
        """How much the network's word counts: by its certainty, and less for one word that may owe its capital to the sentence.

        A town may well stand there, and what has its capital within another sentence owes it to none.
        """
        opener = " " not in mention.text and mention.type != "LOC" and only_opens(document, mention)
        return network_weight(mention, self._weights) - (self._weights.network_opener if opener else 0.0)

    def _past_opener(self, document: Document, voice: Evidence) -> int:
        """Where the span starts without a word that leads the name in: « Chez Lumen & Cie » → « Lumen & Cie », « LFI Maëlle
        Drouart » → « Maëlle Drouart »."""
        first, space, _ = document.folded[voice.start : voice.end].partition(" ")
        opener = space and first[0].isupper() and self._chunker.leads_in(document.folded, voice.start, first)
        opener = opener or (space and voice.type == "PER" and first in self._camps)
        return voice.start + len(first) + 1 if opener else voice.start

    def _trimmed(self, document: Document, voices: Iterable[Evidence], known: Stretches = frozenset()) -> Iterator[Evidence]:
        """The voices without what is none of the name; what is `known` keeps its article at the start of a sentence, too."""
        for voice in voices:
            whole = Span(self._past_opener(document, voice), voice.end)
            span = self._edges.trim(document, whole, person=voice.type == "PER", whole=voice.whole or voice.place in known)
            if span and is_whole_word(document, span) and not self._is_noun(document.folded[span.start : span.end], voice.type):
                yield _moved(voice, span)

    def _is_noun(self, surface: str, entity_type: EntityType) -> bool:
        """True for what names nothing: « PDG », « État français », « Open Source », a « projet de loi du ministre »."""
        of_office = entity_type == "LAW" and surface.rpartition(" ")[2] in self._rules.offices
        first, _, rest = surface.partition(" ")
        described = entity_type == "ORG" and rest.islower() and self._chunker.is_noun(first)
        return of_office or described or self._chunker.is_common(surface) or surface.lower() in self._rules.offices


def camps(gazetteer: Iterable[GazetteerEntry]) -> frozenset[str]:
    """The acronyms that stand before people: of parties and unions (« la députée LFI Maëlle Drouart »), of those they tell
    (« a dit à l'AFP Maëlle Drouart »)."""
    return frozenset(
        form for entry in gazetteer if entry.kind in _CAMPS for form in entry.forms if form.isupper() and " " not in form
    )


def known_for_both(evidence: Iterable[Evidence], *, speaks_up: float) -> frozenset[tuple[int, int]]:
    """Where a name stands that the gazetteer knows for a company and for its product, and no rule of that weight tells which."""
    known: dict[tuple[int, int], set[EntityType]] = {}
    told: set[tuple[int, int]] = set()
    for voice in evidence:
        if voice.method == "gazetteer":
            known.setdefault(voice.place, set()).add(voice.type)
        elif voice.method == "rule" and voice.weight >= speaks_up:
            told.add(voice.place)
    return frozenset(place for place, types in known.items() if types.issuperset(MAKER_AND_PRODUCT) and place not in told)


def is_bare_noun(mention: Mention) -> bool:
    """True for what has no capital and so names nothing: « tribunal de commerce » (but « loi antifraude », « nimbo »)."""
    return mention.text.islower() and (" " in mention.text) == (mention.type != "LAW")


def network_weight(mention: Mention, weights: Weights) -> float:
    """What the network's word counts for its type, more or less as it is surer or less sure than usual, within bounds."""
    usual = weights.network[_entity_type(mention)]
    if mention.score is None:
        return usual
    least, most = weights.network_bounds
    surer = log_odds(mention.score) - weights.network_usual
    return min(most, max(least, usual + weights.network_certainty * surer))


def _halves(document: Document, voice: Evidence, found: Mapping[str, set[EntityType]], whole: set[str]) -> Iterator[Evidence]:
    """The voice for each half of a pair of names; « CFE-CGC » is known as a whole and stays one."""
    place = Span(voice.start, voice.end)
    spans = (place,) if document.folded[voice.start : voice.end] in whole else split_pair(document, place, found)
    for span in spans:
        yield _moved(voice, span)


def _moved(voice: Evidence, span: Span) -> Evidence:
    if voice.place == (span.start, span.end):
        return voice
    whole = voice.whole and span.end == voice.end
    return Evidence(
        span.start, span.end, voice.type, voice.method, voice.rule_id, voice.weight, voice.canonical, voice.sure, whole
    )


def _entity_type(mention: Mention) -> EntityType:
    return mention.type  # type: ignore[return-value]
