"""Who speaks the words between quotation marks: the rules of `quotes.yaml`, tried from the strongest to the weakest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lexicon import Lexicon, Rule
from pipeline.lexicon.conditions import Conditions
from pipeline.lexicon.expressions import Expression
from pipeline.model import Span
from pipeline.recognize.quotes_scene import Attribution, Scene, answerer, is_headline, same_sentence
from pipeline.recognize.quotes_unannounced import Unannounced
from pipeline.recognize.relations.antecedents import Antecedents
from pipeline.recognize.relations.masking import Masked, Masking, name_signs
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.subjects import SPEAKERS, find_subject, read_phrase
from pipeline.recognize.sieve import Sieve


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    finds: str
    pattern: Expression
    conditions: Conditions
    capital: bool

    def failing(self, match: re.Match[str], scene: Scene, *, shift: int) -> str | None:
        """The rule's condition that fails for the match, one of the scene's text from `shift` on; None where all hold."""
        return self.conditions.failing(scene.masked.text, match.start() + shift, match.end() + shift, scene.around)


class SpeakerReader:
    """Reads the speaker of a quotation from its scene; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        file = lexicon.rules["quotes"]
        ordered = sorted((rule for rule in file.rules if rule.finds != "indirect"), key=lambda rule: -rule.priority)
        patterns = [(rule, file.pattern(rule), Conditions(file, rule)) for rule in ordered]
        behind = {rule.id for rule, pattern, _ in patterns if starts_with(file.atoms["quote"], pattern)}
        self._behind = tuple(_rule(r, p, c) for r, p, c in patterns if r.id in behind)
        self._before = tuple(_rule(r, up_to_quote(r, p), c) for r, p, c in patterns if r.id not in behind)
        self._before_sieve = Sieve(rule.pattern for rule in self._before)
        self._behind_sieve = Sieve((rule.pattern for rule in self._behind), at_start=True)
        self._heads = re.compile(file.expand("{heads}"))
        self._order = {rule.id: number for number, rule in enumerate(ordered)}
        self._incise = re.compile(file.expand("{incise}"))
        self._cues = re.compile(file.expand("(?<![\\w']){cue}"))
        self._first_person = re.compile(file.expand("{first_person}"))
        self._of_source = re.compile(file.expand("{of_source}"))
        self._says_that = Expression(file.expand("{says_that}"))
        self._says_nothing = re.compile(file.expand("{says_nothing}"))
        self._next_speaks = re.compile(file.expand("{next_speaks}"))
        self._beside_cue = re.compile(file.expand("{beside_cue}"))
        self._goes_on = re.compile(file.expand("{goes_on}"))
        self._place = re.compile(file.expand("{place_speaks}"))
        self._stranger = re.compile(file.expand("{stranger}"))
        self._unannounced = Unannounced(file, subject=self._subject, incised=self._incised)

    def read(self, scene: Scene) -> Attribution | None:
        """Who says the quotation, by the first rule that can tell; None where a rule says that it is no quotation."""
        for rule, match in self._hits(scene):
            if rule.finds == "no-quotation":
                if not rule.capital or scene.document.text[scene.quote.start].isupper():
                    return None
                continue
            if rule.finds == "speaker-before" and is_headline(scene) and not self._heads_line(scene):
                continue
            if (resolution := self._speaker(rule, match, scene)) is not None:
                return Attribution(rule.id, _cue(match), resolution)
        return self._inside(scene) or self._unannounced.read(scene)

    def matching(self, scene: Scene) -> tuple[str, ...]:
        """The rules that match beside the quotation, the strongest first, with the condition that fails where one does."""
        told = ((rule.id, rule.failing(match, scene, shift=shift)) for rule, match, shift in self._matches(scene))
        return tuple(name if failing is None else f"{name} (fails: {failing})" for name, failing in told)

    def _hits(self, scene: Scene) -> list[tuple[_Rule, re.Match[str]]]:
        """The rules that match beside the quotation and whose conditions hold, the strongest first."""
        found = self._matches(scene)
        return [(rule, match) for rule, match, shift in found if rule.failing(match, scene, shift=shift) is None]

    def _matches(self, scene: Scene) -> list[tuple[_Rule, re.Match[str], int]]:
        """The rules that match right behind the quotation or right before it, with where the text begins that they saw."""
        text, sentence = scene.masked.text, scene.masked.text[scene.left : scene.at + 1]
        near_behind = map(self._behind.__getitem__, self._behind_sieve.passing(text[scene.at :]))
        near_before = map(self._before.__getitem__, self._before_sieve.passing(sentence))
        behind = ((rule, rule.pattern.compiled.match(text, scene.at)) for rule in near_behind)
        before = ((rule, rule.pattern.compiled.search(sentence)) for rule in near_before)
        hits = [(rule, match, 0) for rule, match in behind if match]
        hits += [(rule, match, scene.left) for rule, match in before if match]
        return sorted(hits, key=lambda hit: self._order[hit[0].id])

    def _speaker(self, rule: _Rule, match: re.Match[str], scene: Scene) -> Resolution | None:
        masked, antecedents = scene.masked, scene.antecedents
        if rule.finds == "speaker-after":
            return self._same_voice(match, scene, _speaker_after(masked, match.end(), antecedents))
        if rule.finds == "speaker-described":
            at = _behind_circumstances(masked, match.end(), antecedents)
            return read_phrase(masked, at, antecedents, speaking=True) if self._is_described(masked, at, antecedents) else None
        if rule.finds == "speaker-source":
            start = _skip_space(masked.text, scene.left + match.end())
            certain = self._of_source.match(match["cue"]) is not None
            found = read_phrase(masked, start, antecedents, definite=True, speaking=certain)
            return found if found and (found.mention or certain) else None
        if rule.finds == "speaker-pronoun":
            return antecedents.pronoun(match["pronoun"] or match["pronoun2"], masked.origin(scene.at), speaking=True)
        if rule.finds == "speaker-topic":
            return antecedents.bodies.of_kind(masked.origin(scene.at))
        if rule.finds == "speaker-seat":
            before = 0 if match.string is masked.text else scene.left
            town = masked.mention(before + match.start("place"))
            return antecedents.bodies.seated_at(town.text) if town else None
        if rule.finds == "speaker-last":
            return antecedents.person(masked.origin(scene.left + match.start("cue")))
        if rule.finds == "speaker-named":
            return Resolution(masked.mention(scene.left + match.start("speaker")), "named beside the words")
        if rule.finds == "speaker-same":
            return same_sentence(scene)
        if rule.finds == "speaker-unsaid":
            return Resolution(None, "said in the passive, nobody is named")
        cue = max((m.start() for m in self._cues.finditer(masked.text, scene.left, scene.at)), default=scene.left)
        if (nearest := self._nearest_subject(scene, cue)) is not None:
            return nearest
        return self._subject(scene)

    def _same_voice(self, match: re.Match[str], scene: Scene, found: Resolution | None) -> Resolution | None:
        """Who spoke before, rather than a guess, where the cue goes on from there (« ajoute le professeur »)."""
        last = scene.before.speaker_mention if scene.before else None
        if found is None or not found.guessed or found.mention is None or last is None or last.type != "PER":
            return found
        gender = scene.antecedents.portraits.gender
        known = {gender(name_of(found.mention)), gender(name_of(last))} - {None}
        goes_on = self._goes_on.search(_cue(match) or "") is not None and len(known) < 2
        return Resolution(last, f"goes on speaking: {name_of(last)}") if goes_on else found

    def _nearest_subject(self, scene: Scene, cue: int) -> Resolution | None:
        """The subject right between a conjunction and the cue: « X se souvient d'un jour où Lumio affirmait que … »."""
        text, antecedents = scene.masked.text, scene.antecedents
        breaks = [m.end() for m in antecedents.syntax.conjunction.finditer(text, scene.left, cue)]
        if not breaks or "," in text[breaks[-1] : cue] or self._is_said_of(text[scene.left : breaks[-1]], text[cue : scene.at]):
            return None
        stranger = self._stranger.match(text, breaks[-1], scene.at)
        if stranger and stranger.end() == cue and not self._is_known(stranger["phrase"], antecedents):
            return Resolution(None, f"« {stranger['phrase'].strip()} » names nobody")
        subject = find_subject(scene.masked, breaks[-1], cue, antecedents, speaking=True)
        if subject is None or antecedents.syntax.pronoun.match(text, subject[0]):
            return None
        return subject[1] if subject[1].mention or (stranger and stranger.end() == cue) else None

    def _heads_line(self, scene: Scene) -> bool:
        """True where a headline names who speaks right before the colon, or says that he does: « Nora Belkacem, PDG : « … » »."""
        return self._cues.search(scene.introduction) is not None or self._heads.search(scene.introduction) is not None

    def _is_said_of(self, before: str, behind: str) -> bool:
        """True where the clause only holds what a verb before it says: « X assure que Y », « n'a trouvé « … » »."""
        return self._says_nothing.match(behind) is not None and self._says_that.compiled.search(before) is not None

    def _is_described(self, masked: Masked, at: int, antecedents: Antecedents) -> bool:
        """True where a name stands at the masked offset, or words that the word lists know to stand for a name."""
        if (named := antecedents.syntax.titled.match(masked.text, at)) is not None:
            return named["name"] in SPEAKERS
        phrase = antecedents.syntax.phrase.match(masked.text, at)
        return phrase is not None and antecedents.descriptions.describes(phrase["phrase"])

    def _is_known(self, phrase: str, antecedents: Antecedents) -> bool:
        """True for a description that may stand for somebody named, or a pronoun of two words (« ce dernier »)."""
        return antecedents.descriptions.describes(phrase) or antecedents.syntax.pronoun.match(phrase.strip()) is not None

    def _subject(self, scene: Scene) -> Resolution | None:
        """Who the words before the quotation are about; « je » is the person interviewed, an unknown noun nobody named."""
        text, at, antecedents = scene.masked.text, scene.at, scene.antecedents
        cue = max((m.start() for m in self._cues.finditer(text, scene.left, at)), default=scene.left)
        clause = scene.left + scene.introduction.rfind("; ") + 1
        clause = max((m.end() for m in self._next_speaks.finditer(text, clause, at)), default=clause)
        if match := self._first_person.search(text, clause, at):
            found = answerer(scene) or antecedents.interviewee()
            return Resolution(found, "answers the questions" if found else f"« {match[0]} » is the author")
        for start in dict.fromkeys((clause, scene.left)):
            stranger = self._stranger.match(text, start, at) or self._beside_cue.search(text, start, cue)
            if stranger and not self._is_known(stranger["phrase"], antecedents):
                return Resolution(None, f"« {stranger['phrase'].strip()} » names nobody")
            if place := self._place.search(text[start:at]):
                return Resolution(scene.masked.mention(start + place.start("place")), "subject of the clause")
            if subject := find_subject(scene.masked, start, at, antecedents, speaking=True):
                return subject[1]
        return None

    def _inside(self, scene: Scene) -> Attribution | None:
        """Who says it where the cue stands inside the marks: « Nous ferons appel, a-t-il dit, et nous gagnerons »."""
        quote = scene.quote
        inner = tuple(m for m in scene.mentions if quote.start <= m.start and m.end <= quote.end)
        masked = Masking(scene.document.folded, name_signs(inner)).mask(Span(quote.start, quote.end))
        return self._incised(scene, masked, 0, len(masked.text))

    def _incised(self, scene: Scene, masked: Masked, start: int, end: int) -> Attribution | None:
        """Who says the masked words `start:end` by a clause put in between commas (« …, a-t-il dit, … », « …, dit Lumio »)."""
        antecedents = scene.antecedents
        for match in self._incise.finditer(masked.text, start, end):
            if pronoun := match["pronoun"] or match["pronoun2"]:
                found = antecedents.pronoun(pronoun, masked.origin(start), speaking=True)
                return Attribution("quote-incise", match["pronominal"], found)
            resolution = self._same_voice(match, scene, _speaker_after(masked, match.end(), antecedents))
            if resolution is not None:
                return Attribution("quote-incise", match["cue"], resolution)
        return None


def _rule(rule: Rule, pattern: str, conditions: Conditions) -> _Rule:
    return _Rule(rule.id, rule.finds, Expression(pattern), conditions, "capital" in rule.assigns)


def starts_with(quote: str, pattern: str) -> bool:
    """True where an expression, of a pattern or of tokens, begins with the sign of a quotation."""
    return pattern.removeprefix("(?! )").lstrip("(?:").startswith(quote)


def up_to_quote(rule: Rule, pattern: str) -> str:
    """The pattern, bound to end at the quotation unless it looks ahead to it."""
    return pattern if rule.finds == "speaker-source" else f"(?:{pattern})$"


def _speaker_after(masked: Masked, at: int, antecedents: Antecedents) -> Resolution | None:
    """Who speaks behind the cue, circumstances skipped: « a réagi dans un communiqué Nora Belkacem »."""
    if antecedents.syntax.pronoun.match(masked.text, at):
        return read_phrase(masked, at, antecedents, speaking=True)
    return read_phrase(masked, _behind_circumstances(masked, at, antecedents), antecedents, speaking=True)


def _behind_circumstances(masked: Masked, at: int, antecedents: Antecedents) -> int:
    while (aside := antecedents.syntax.circumstance.match(masked.text, at)) and aside.end() > at:
        at = aside.end()
    return at


def _skip_space(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _cue(match: re.Match[str]) -> str | None:
    return (match.groupdict().get("cue") or "").strip() or None
