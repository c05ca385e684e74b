"""What happened: triggers of `events.yaml` with the names, sum and date of their sentence, one row a stated fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.lexicon import Lexicon
from pipeline.lexicon.conditions import Surroundings
from pipeline.model import Amount, DateReading, Document, Event, Mention, Modality, Span
from pipeline.recognize.events_participants import Hit, ParticipantReader
from pipeline.recognize.events_retold import complete_retold, without_details
from pipeline.recognize.events_rules import form_of, read_event_rules
from pipeline.recognize.network import MODEL
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.masking import NAMES, SIGNS, Masked, Masking, Sign, masked_surroundings, name_signs
from pipeline.recognize.relations.modality import ModalityReader
from pipeline.recognize.relations.near_misses import NearMiss
from pipeline.recognize.relations.resolution import name_of
from pipeline.recognize.relations.scores import RuleScores
from pipeline.recognize.sieve import Sieve
from pipeline.recognize.triggers import Found, load_triggers

_MENTIONED = re.compile(f"[{NAMES}{''.join(SIGNS[kind] for kind in ('money', 'percent', 'quantity', 'date'))}]")
_STOP = re.compile(r"[,.;:]")
_LONGEST = 1500
_DETERMINED, _AFTERMATH = 25, 90
"""How many characters before a noun show whether it reminds, and behind one what became of it."""
_SUMS = {"funding": ("money",), "acquisition": ("money",), "fine": ("money",), "layoff": ("money", "quantity", "percent")}
_REPEATED = frozenset(("funding", "layoff", "regulation", "appointment"))
"""What may happen twice to the same in one sentence, on two days."""
_HERE = 15
"""Characters from a rule's trigger within which a word that was learned tells of the same."""
_BEFORE_COSTS = 40
"""A sum or a day in front of the trigger counts as so many characters further away than one behind it."""
_BESIDE = 4
"""Characters at most between a trigger and what stands right before it: « 3 millions d'euros d'amende »."""


class EventRecognizer:
    """The events of an article; built once from the lexicon, with its `descriptions` where they are built already.

    « Lumio lève 12 millions d'euros auprès de Brise Capital. » → funding, agents Brise Capital, targets Lumio, 12000000 EUR.
    """

    def __init__(self, lexicon: Lexicon, *, descriptions: Descriptions | None = None) -> None:
        file, words = lexicon.rules["events"], lexicon.words["events"]
        self._descriptions = descriptions or Descriptions(lexicon)
        rules = read_event_rules(file)
        self._rules = tuple(rule for rule in rules if not rule.learned)
        self._learned = {rule.type: rule for rule in rules if rule.learned}
        self._words = load_triggers(MODEL)
        self._sieve = Sieve(rule.pattern for rule in self._rules)
        self._details = frozenset(rule.id for rule in self._rules if rule.detail)
        self._priorities = {rule.id: rule.priority for rule in file.rules}
        self._participants = ParticipantReader(words)
        self._modality = ModalityReader(words)
        self._scores = RuleScores(lexicon.words["relations_calibration"])
        self._reminder, self._acted = re.compile(words["reminder"]), re.compile(words["acted"])
        self._rejected = re.compile(words["rejected"], re.IGNORECASE)
        self._introduced = re.compile(words["introduced"])
        self._aside, self._aside_first = self._descriptions.syntax.measured_aside, self._descriptions.syntax.aside_first
        self._other_day = re.compile(words["other_day"], re.IGNORECASE)
        self._counted = re.compile(words["counted"], re.IGNORECASE)
        self._presupposed, self._asks_else = re.compile(words["presupposed"]), re.compile(words["asks_else"])
        self._question, self._clause = re.compile(words["question"]), re.compile(words["clause"])
        self._asks_why = re.compile(words["asks_why"], re.IGNORECASE)
        self._foretold = re.compile(words["foretold"], re.IGNORECASE)

    def find(
        self,
        document: Document,
        mentions: tuple[Mention, ...],
        amounts: tuple[Amount, ...],
        dates: tuple[DateReading, ...],
        *,
        antecedents: Antecedents | None = None,
    ) -> tuple[Event, ...]:
        """The article's events in order, those denied, possible or planned with their modality."""
        antecedents = antecedents or Antecedents(document, mentions, self._descriptions)
        masking = self._masking(document, antecedents, amounts, dates)
        sums = {a.mention.start: a for a in amounts}
        days = {d.mention.start: d for d in dates if d.kind == "date"}
        events: list[Event] = []
        masks = [masking.mask(span) for span in chain.from_iterable(map(_pieces, document.sentences))]
        for masked, words in zip(masks, self._words.find([masked.text for masked in masks]), strict=True):
            hits = (hit for hit, refusal in self._triggers(masked, masking, document) if refusal is None)
            found = [self._completed(e, masked, sums, days) for e in self._read(hits, document, antecedents, events)]
            events += self._one_a_fact(found) if len(found) > 1 else found
            if words:
                around = masked_surroundings(document, masking, masked, lower=True)
                learned = self._learned_triggers(words, masked, around, events)
                events += [self._completed(e, masked, sums, days) for e in self._read(learned, document, antecedents, events)]
        told = sorted(events, key=lambda e: (e.start, e.end, e.type))
        return complete_retold(without_details(told, self._details))

    def near_misses(
        self, document: Document, mentions: tuple[Mention, ...], amounts: tuple[Amount, ...], dates: tuple[DateReading, ...]
    ) -> Iterator[NearMiss]:
        """The triggers that tell of no event: which condition failed, who is there, or how the sentence takes it back."""
        antecedents = Antecedents(document, mentions, self._descriptions)
        masking = self._masking(document, antecedents, amounts, dates)
        told = self.find(document, mentions, amounts, dates)
        for span in chain.from_iterable(map(_pieces, document.sentences)):
            masked = masking.mask(span)
            for hit, refusal in self._triggers(masked, masking, document):
                start, end = masked.origin(hit.match.start()), masked.ending(hit.match.end())
                if not any(e.type == hit.rule.type and e.start < end and start < e.end for e in told):
                    what = refusal or self._what_fails(hit, antecedents, told)
                    yield NearMiss(start, end, hit.rule.type, document.text[start:end], hit.rule.id, what)

    def _masking(
        self, document: Document, antecedents: Antecedents, amounts: tuple[Amount, ...], dates: tuple[DateReading, ...]
    ) -> Masking:
        """The document with its names, sums and dates as signs; triggers that are counted stay words (« deux plaintes »)."""
        counts = (
            a.mention for a in amounts if not (a.kind == "quantity" and self._counted.match(document.folded, a.mention.start))
        )
        return Masking(document.folded, (*antecedents.names.signs, *name_signs(counts), *name_signs(d.mention for d in dates)))

    def _what_fails(self, hit: Hit, antecedents: Antecedents, told: Sequence[Event]) -> str:
        agents, targets = self._participants.look(hit, antecedents, told)
        names = ", ".join(name_of(m) for m in (*agents, *targets)) or "nobody"
        if lacking := self._participants.missing(hit, antecedents, agents, targets):
            return f"needs {' and '.join(lacking)}; {names} takes part"
        return f"told already in the sentence, of {names}"

    def _read(
        self, hits: Iterable[Hit], document: Document, antecedents: Antecedents, earlier: Sequence[Event]
    ) -> Iterator[Event]:
        for hit in hits:
            masked = hit.masked
            sides = self._participants.read(hit, antecedents, earlier)
            if sides is not None:
                start, end = masked.origin(hit.match.start()), masked.ending(hit.match.end())
                text, rule = document.text[start:end], hit.rule
                score = self._scores.of("event", rule.id)
                yield Event(start, end, text, rule.type, *sides, rule.id, modality=self._modality_of(hit), score=score)

    def _triggers(self, masked: Masked, masking: Masking, document: Document) -> Iterator[tuple[Hit, str | None]]:
        """The triggers of the sentence, with what speaks against those that are none, mere reminders (« le partenariat ») too."""
        text = masked.lower()
        if not (near := self._sieve.passing(text)):
            return
        around = masked_surroundings(document, masking, masked, lower=True)
        for rule in map(self._rules.__getitem__, near):
            matches = list(rule.pattern.compiled.finditer(text))
            for number, match in enumerate(matches):
                following = matches[number + 1].start() if number + 1 < len(matches) else None
                hit = Hit(rule, match, form_of(match), following, masked)
                yield hit, self._refusal(hit, text, around)

    def _learned_triggers(
        self, words: Iterable[Found], masked: Masked, around: Surroundings, told: Sequence[Event]
    ) -> Iterator[Hit]:
        """The clearest of the words that were learned to tell of an event, one a type, where no rule tells of that type in the
        sentence, nor of any type right here."""
        text, types = masked.lower(), {event.type for event in told if event.start >= masked.start}
        for word in words:
            start, end, rule = masked.origin(word.start), masked.ending(word.end), self._learned.get(word.type)
            told_here = any(event.start < end + _HERE and start < event.end + _HERE for event in told)
            if rule is None or word.type in types or told_here:
                continue
            match = rule.pattern.compiled.match(text, word.start)
            if match and self._refusal(hit := Hit(rule, match, form_of(match), None, masked), text, around) is None:
                types.add(word.type)
                yield hit

    def _refusal(self, hit: Hit, text: str, around: Surroundings) -> str | None:
        """What speaks against a trigger of the sentence before anybody looks who takes part."""
        if not hit.rule.conditions.hold(text, *hit.match.span(), around):
            return "a condition of the rule does not hold"
        return "a mere reminder of what was told before" if hit.form == "noun" and self._is_reminder(hit) else None

    def _is_reminder(self, hit: Hit) -> bool:
        """True for « le partenariat », « l'enquête » that say no more: what was told before is told once."""
        syntax = self._descriptions.syntax
        told = any(one.match(hit.behind) for one in (self._introduced, syntax.done_by, syntax.done_behind, syntax.done_by_it))
        if told or not self._reminder.search(hit.before[-_DETERMINED:]):
            return False
        behind = self._aside.sub(" ", self._aside_first.sub("", hit.behind))
        stop = _STOP.search(behind)
        said = hit.match[0] + (behind[: stop.start()] if stop else behind)
        return not _MENTIONED.search(said) and not self._acted.match(hit.behind)

    def _modality_of(self, hit: Hit) -> Modality:
        before = hit.before
        clause = before[max((m.end() for m in self._clause.finditer(before)), default=0) :]
        clause = self._rejected.sub("", clause) if hit.rule.stands else clause
        form = "future" if hit.form == "conditional" and self._foretold.search(before) else hit.form
        modality = self._modality.read(clause, "" if hit.rule.stands else hit.behind[:_AFTERMATH], form)
        if modality == "planned" and hit.rule.is_announced(hit.masked.text, form):
            modality = "asserted"
        return "possible" if modality == "asserted" and self._is_asked(hit) else modality

    def _is_asked(self, hit: Hit) -> bool:
        """True in a question, but for what it takes as known: « La loi Clarté, votée en 2022, suffit-elle ? ».

        So does one that asks why; and what stands before a colon is not asked: « Lumio rachète Nubéo : à quel prix ? ».
        """
        known = hit.form == "participle" and self._presupposed.search(hit.before) and self._asks_else.search(hit.behind)
        return not known and self._question.match(hit.behind) is not None and not self._asks_why.search(hit.before)

    def _completed(self, event: Event, masked: Masked, sums: Mapping[int, Amount], days: Mapping[int, DateReading]) -> Event:
        """The event with the sum and the day of its sentence that stand nearest to the trigger.

        A number of triggers is no sign in the masked text, and counts all the same: « 120 suppressions de postes ».
        """
        kinds = _SUMS.get(event.type, ())
        here = range(masked.start, masked.ending(len(masked.text)))
        counted = (a.mention for start, a in sums.items() if start in here and a.kind == "quantity" in kinds)
        amount = _nearest(event, (*counted, *(sign for _, sign in masked.signs() if sign.kind in kinds)))
        own_days = (s for at, s in masked.signs() if s.kind == "date" and not self._is_of_another(event, masked, at))
        return replace(event, amount=sums.get(amount), date=days.get(_nearest(event, own_days)))

    def _is_of_another(self, event: Event, masked: Masked, at: int) -> bool:
        """True for the day of another deed in the sentence: « Fondé en 1963, Nubéo tombe dans l'escarcelle de Lumio en mai »."""
        deed = self._other_day.search(masked.text, 0, at)
        if deed is None:
            return False
        start = masked.origin(deed.start())
        return start < event.start if deed["since"] else not event.start <= start < event.end

    def _one_a_fact(self, events: list[Event]) -> list[Event]:
        """One event a fact: of two of a type that share their participants, sum and day, the one with more to say."""
        kept: list[Event] = []
        for event in sorted(events, key=self._rank):
            if not any(_same_fact(event, other) for other in kept):
                kept.append(event)
        return kept

    def _rank(self, event: Event) -> tuple[bool, int, int, int]:
        return event.modality != "asserted", -len(_names(event)), -self._priorities[event.rule_id], event.start


def _pieces(sentence: Span) -> tuple[Span, ...]:
    """The sentence, in pieces where it is longer than any sentence (a list without stops): what is far apart does not meet."""
    if sentence.end - sentence.start <= _LONGEST:
        return (sentence,)
    starts = range(sentence.start, sentence.end, _LONGEST)
    return tuple(Span(start, min(start + _LONGEST, sentence.end)) for start in starts)


def _nearest(event: Event, signs: Iterable[Sign | Mention]) -> int:
    """The document offset of what stands nearest to the trigger, -1 where nothing does."""

    def distance(sign: Sign | Mention) -> int:
        beside = 0 <= event.start - sign.end <= _BESIDE
        return 0 if beside else abs(sign.start - event.start) + _BEFORE_COSTS * (sign.start < event.start)

    return min(((distance(sign), sign.start) for sign in signs), default=(0, -1))[1]


def _same_fact(event: Event, other: Event) -> bool:
    if event.type != other.type:
        return False
    overlap = event.start < other.end and other.start < event.end
    other_sum = bool(event.amount and other.amount and event.amount != other.amount)
    other_day = event.type in _REPEATED and bool(event.date and other.date and event.date != other.date)
    return overlap or (not other_sum and not other_day and _names(event) <= _names(other))


def _names(event: Event) -> frozenset[str]:
    return frozenset(name_of(m) for m in (*event.agents, *event.targets))
