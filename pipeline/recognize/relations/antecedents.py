"""Who a pronoun or a description stands for: « elle », « la ministre », « la start-up », resolved to a mention of the article.

The candidates are weighed by `Salience`. Nothing is guessed where no candidate fits: the answer is then None, with a reason.
"""

from __future__ import annotations

import re
from itertools import chain, islice

from pipeline.model import Document, Mention, Span
from pipeline.recognize.relations.appearances import Appearance, find_host, find_interviewee, find_issuer, named_in
from pipeline.recognize.relations.bodies import Bodies
from pipeline.recognize.relations.descriptions import Descriptions
from pipeline.recognize.relations.marks import find_marked
from pipeline.recognize.relations.masking import Masking, Sign, name_signs
from pipeline.recognize.relations.name_hints import Gender
from pipeline.recognize.relations.people import People
from pipeline.recognize.relations.portraits import Portraits
from pipeline.recognize.relations.preceding import Preceding
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.salience import Candidate, Salience
from pipeline.recognize.relations.things import Things

_SPEAKS = 2.5
"""Against one sentence of distance: a person where somebody speaks."""
_NEAR_HEAD, _HEAD, _CLAUSES, _LATELY, _QUESTION = 12, 25, 3, 250, 80
"""Within so many letters a noun is what a description begins with."""
_NOBODY, _BY_NAME, _WHICH = "nobody", "subject of the sentence: ", "dont"
_ASKED = 2
"""So many sentences before, somebody was asked."""


class Antecedents:
    """The people and bodies of one article, ready to be asked for.

    With them what the quotations, roles and events read alike: what stands between quotation marks (`marked`), the text with its
    names as signs (`names`), and with its outer quotations as signs too (`told`).
    """

    def __init__(self, document: Document, mentions: tuple[Mention, ...], descriptions: Descriptions) -> None:
        self._document, self.descriptions, self.syntax = document, descriptions, descriptions.syntax
        self._named = tuple(m for m in mentions if m.type in ("PER", "ORG"))
        self.things = Things(document, mentions)
        self._media = frozenset(filter(descriptions.names.is_medium, {name_of(m) for m in self._named if m.type == "ORG"}))
        self.marked = find_marked(document)
        self.names = Masking(document.folded, name_signs(mentions))
        outer = (Sign(m.outside.start, m.outside.end, "quote") for m in self.marked if m.depth == 0)
        self.told = Masking(document.folded, (*outer, *self.names.signs)) if self.marked else self.names
        self.portraits = Portraits(document, self._named, descriptions)
        self.salience = Salience(document, self._named, self.marked)
        self._subjects: dict[int, Resolution] = {}
        self.preceding = Preceding(
            document, self._named, subjects=self._subjects, told=self.salience.told, descriptions=descriptions
        )
        self._unnamed: dict[int, tuple[Gender | None, bool]] = {}
        self.people = People(self.portraits, self.salience)
        self.bodies = Bodies(
            document, self._named, descriptions, portraits=self.portraits, salience=self.salience, subjects=self._subjects
        )
        for number, sentence in enumerate(document.sentences):
            self._read_sentence(number, sentence)

    def hear(self, mention: Mention, offset: int) -> None:
        """Note that somebody speaks at `offset`: who comes next in « il », « elle » is likely the same."""
        self.salience.hear(mention, offset)

    def speakers(self, offset: int) -> tuple[Candidate, ...]:
        """Everybody who may speak at `offset`, as « il » and « elle » weigh them, the likeliest first."""
        person = self.portraits.fit(None, bonus=_SPEAKS)
        return self.salience.candidates(offset, lambda m: 0.0 if m.type == "ORG" else person(m))

    def subject(self, sentence: int) -> Resolution | None:
        """Who that sentence is about, None where its words do not tell."""
        return self._subjects.get(sentence)

    def stand_in(self, offset: int) -> Mention | None:
        """Whom the pronoun or description stands for that begins the sentence of `offset`; None for a name."""
        found = self._subjects.get(self._document.sentence_at(offset))
        return found.mention if found and not found.reason.startswith(_BY_NAME) else None

    def _read_sentence(self, number: int, sentence: Span) -> None:
        """Count the sentence's names, and whom its first words stand for where they are a pronoun or a description."""
        names = self.preceding.names(sentence.start, sentence.end)
        appearances = named_in(self._document, names, told=self.salience.told, syntax=self.syntax, media=self._media)
        for one in appearances:
            if not one.subject:
                self.salience.add(one)
        opening = None if self.salience.told.is_quoted(sentence.start) else self._opening(sentence, appearances)
        opening = opening or self._seat(sentence)
        for one in appearances:
            if one.subject:
                follows = opening is not None and one.at > opening[0] and not self._opens_clause(one.at)
                self.salience.add(one._replace(subject=not follows))
        if opening is None:
            subject = next((one.mention for one in appearances if one.subject), None)
            if subject is not None:
                self._subjects[number] = Resolution(subject, f"{_BY_NAME}{name_of(subject)}")
            return
        at, found = opening
        self._subjects[number] = found
        if found.mention is not None:
            self.salience.hear(found.mention, at)
            return
        words = self._document.folded[at : sentence.end][:_HEAD]
        noun = self.descriptions.person_noun(words)
        a_person = noun is not None or self.syntax.partitive.match(words) is not None
        a_person = a_person or not (self.syntax.possessed.match(words) or any(one.mention.type == "PER" for one in appearances))
        if a_person and self.descriptions.describes(words):
            self._unnamed[number] = (noun[1] if noun else None, self.syntax.plural.match(words) is not None)

    def _opens_clause(self, at: int) -> bool:
        """True for a name right behind a colon: « Elle fait un mécontent : le belge Lumio »."""
        return self.syntax.behind_colon.search(self._document.folded[max(0, at - 2 * _NEAR_HEAD) : at]) is not None

    def _opening(self, sentence: Span, appearances: list[Appearance]) -> tuple[int, Resolution] | None:
        """Where the pronoun or description that the sentence begins with stands, and for whom; None where it has neither."""
        text, syntax = self._document.folded[sentence.start : sentence.end], self.syntax
        subject = next((one.at for one in appearances if one.subject), sentence.end)
        match = self._first_words(text, subject - sentence.start)
        if match is None:
            return None
        at = sentence.start + match.start("word" if match["word"] else "phrase")
        if subject < at:
            return None
        if match["word"]:
            return None if syntax.impersonal.match(text, match.start("word")) else (at, self.pronoun(match["word"], at))
        phrase, behind = match["phrase"], [one for one in appearances if one.at >= at and not one.quoted]
        if behind and syntax.named_so.search(self._document.folded[at : behind[0].at]):
            return at, Resolution(behind[0].mention, "named behind the description")
        first = next((one for one in behind if one.subject), None)
        if first is not None and self.descriptions.leads_to_name(self._document.folded[at : first.at]):
            return None
        within = [one.at - at for one in appearances if at < one.at < at + len(phrase)]
        words = phrase[: min(within)] if within else phrase
        if within and self.descriptions.is_voice(words):
            named = min((one for one in appearances if one.at >= at), key=lambda one: one.at).mention
            return at, Resolution(named, f"speaks for it: « {words.strip()} … »")
        of = next((one.mention for one in appearances if within and one.at == at + min(within)), None)
        return at, self.described(words.rstrip(), at, of=of)

    def _seat(self, sentence: Span) -> tuple[int, Resolution] | None:
        """The firm that the town of its seat stands for, where the sentence begins with it (« À Cupertino, on se tait »)."""
        match = self.syntax.seat.match(self._document.folded, sentence.start, sentence.end)
        found = self.bodies.seated_at(match["town"]) if match else None
        return (sentence.start, found) if found else None

    def _first_words(self, text: str, end: int) -> re.Match[str] | None:
        """The pronoun or description that the sentence or, before `end`, one of its first clauses begins with."""
        commas = islice(self.syntax.comma.finditer(text, 0, end), _CLAUSES)
        clauses = chain((0,), (comma.end() for comma in commas))
        openings = (self.syntax.opening.match(text, start) for start in clauses)
        return next((m for m in openings if m and (m["word"] or self.descriptions.describes(m["phrase"]))), None)

    def person(self, offset: int) -> Resolution:
        """The person who stands out most before `offset`."""
        found = self.salience.best(offset, self.portraits.fit(None))
        if found is None:
            return Resolution(None, "no person that fits is named before")
        return Resolution(found, f"person who stands out most before: {name_of(found)}")

    def body_behind(self, offset: int) -> Mention | None:
        """The next organisation that the sentence of `offset` names behind it."""
        sentence = self._document.sentences[self._document.sentence_at(offset)]
        return next((m for m in self.preceding.names(offset + 1, sentence.end) if m.type == "ORG"), None)

    def pair(self, offset: int) -> tuple[Mention, ...]:
        """The two organisations that « les deux groupes » at `offset` stand for, or nothing."""
        first = self.bodies.of_kind(offset, within=3).mention
        second = self.bodies.of_kind(offset, within=3, without=(name_of(first),)).mention if first else None
        return (first, second) if first and second else ()

    def pronoun(
        self, word: str, offset: int, *, speaking: bool = False, feminine: bool | None = None, human: bool = False
    ) -> Resolution:
        """Whom a pronoun stands for: the subject spoken of, a person rather than a body where somebody is `speaking`.

        `feminine` where the sentence tells (« l'a nommée »), else the pronoun does. `human`: a person, no body.
        """
        if feminine is None:
            feminine = self.syntax.feminine_pronoun.search(word) is not None
        gender: Gender = "feminine" if feminine else "masculine"
        if self.syntax.demonstrative.fullmatch(word):
            return self._named_last(word, offset, gender, speaking=speaking)
        if speaking and self.syntax.plural_pronoun.fullmatch(word):
            return self.preceding.several(word, offset)
        if speaking and (body := self.preceding.body(word, offset, gender)) is not None:
            return body
        several = self.syntax.plural_pronoun.fullmatch(word) is not None
        unnamed, are_several = self._unnamed.get(self._document.sentence_at(offset) - 1, (_NOBODY, several))
        if unnamed in (None, gender) and several >= are_several:
            return Resolution(None, f"« {word} » stands for somebody whom the sentence before does not name")
        person = self.portraits.fit(gender, bonus=_SPEAKS if speaking else 0.0)

        def fit(mention: Mention) -> float | None:
            if mention.type == "PER":
                return person(mention)
            return None if human or not (self.portraits.may_be(mention, gender) or self._is_described(mention, offset)) else 0.0

        found = self.salience.best(offset, fit)
        if found is None and speaking and (ahead := self._next_person(offset, gender)) is not None:
            return ahead
        if found is None:
            return Resolution(None, f"nothing that « {word} » could stand for is named before")
        return Resolution(found, f"« {word} » stands for {name_of(found)}, who stands out most before")

    def described(self, phrase: str, offset: int, *, speaking: bool = False, of: Mention | None = None) -> Resolution:
        """Whom a description without a name stands for (« la ministre », « la direction », « la plateforme »).

        `of` is the name that a complement of it holds (« le patron de Lumio »).
        Where somebody is `speaking`, one person is meant by a noun that no word list knows (« le prévenu »).
        """
        syntax, words = self.syntax, self.descriptions
        if syntax.one_of_its.match(phrase):
            return self._one_of_its(phrase, offset)
        if (syntax.indefinite.match(phrase) and not words.is_voice(phrase)) or syntax.of_unnamed.search(phrase):
            return Resolution(None, f"« {phrase} » names nobody")
        if (ordinal := syntax.ordinal.match(phrase)) is not None:
            return self.preceding.ordinal(ordinal, offset)
        if (chamber := self.bodies.chamber(phrase)) is not None:
            return chamber
        if (compatriot := words.compatriot(phrase)) is not None:
            return self.people.called(compatriot[0], offset, compatriot[1])
        kind, person = words.body_kind(phrase), words.person_noun(phrase)
        if person and not syntax.plural.match(phrase) and words.describes_person(phrase):
            found = self._person_described(phrase, person, offset, of=of if of and of.type == "ORG" else None)
            ahead = self._next_person(offset, person[1]) if speaking and not self.preceding.first(0, offset) else None
            return found if found.mention or ahead is None else ahead
        if kind is not None:
            return self.bodies.described(phrase, kind, offset, ahead=speaking)
        if words.is_voice(phrase):
            return self.bodies.voice(phrase, offset)
        if speaking and (one := syntax.one_noun.match(phrase)) is not None:
            found = self.people.called(one["noun"], offset, syntax.gender_before(one["determiner"]))
            return found if found.mention else self.bodies.of_kind(offset)
        return Resolution(None, f"« {phrase} » is no description of a person or body known to the word lists")

    def _person_described(
        self, phrase: str, person: tuple[str, Gender | None], offset: int, *, of: Mention | None = None
    ) -> Resolution:
        noun, gender = person
        if self.syntax.of_asked.match(phrase):
            return self._answered(phrase, offset)
        if self.descriptions.is_other(phrase, noun):
            return self.people.other(noun, offset, gender)
        if self.descriptions.is_concerned(noun):
            return self._asked(noun, offset, gender) or self.people.concerned(noun, offset, gender)
        if self.syntax.possessed.match(phrase) or self.syntax.of_author.match(phrase):
            return self.people.known(noun, offset, gender) or Resolution(None, f"« {phrase} » is not named")
        return self.people.called(noun, offset, gender, of=of)

    def _answered(self, phrase: str, offset: int) -> Resolution:
        """Whom « votre prédécesseur » means in a question: the person whom the answer begins with."""
        here = self._document.sentence_at(offset)
        answers = (self._subjects.get(here + behind) for behind in range(1, 1 + _ASKED))
        found = next((s.mention for s in answers if s and s.mention and s.mention.type == "PER"), None)
        return Resolution(found, f"« {phrase} »: the answer is about {name_of(found)}" if found else f"« {phrase} » is not named")

    def _next_person(self, offset: int, gender: Gender | None) -> Resolution | None:
        """Whom the sentence right behind names as its subject: « … », lâche-t-elle. Nora Belkacem dirige Lumio."""
        about = self._subjects.get(self._document.sentence_at(offset) + 1)
        person = about.mention if about and about.reason.startswith(_BY_NAME) else None
        if person is None or not self.portraits.fits(person, gender):
            return None
        return Resolution(person, f"the sentence behind is about {name_of(person)}")

    def _one_of_its(self, phrase: str, offset: int) -> Resolution:
        """The body for which « l'un de ses délégués » speaks: the one that its sentence, or the one before, is about."""
        here = self._document.sentence_at(offset)
        about = self._subjects.get(here) or self._subjects.get(here - 1)
        body = about.mention if about and about.mention and about.mention.type == "ORG" else None
        return Resolution(body, f"« {phrase} » speaks for {name_of(body)}" if body else f"« {phrase} » names nobody")

    def body_called(self, noun: str, offset: int) -> Resolution:
        """The body that « le rectorat », « la maison » at `offset` stands for: by its name, else by its description."""
        return self.bodies.called(noun, offset) or self.described(noun, offset)

    def body_said_last(self, offset: int) -> Mention | None:
        """The organisation that stands last before `offset`, by name or as a description: « l'éditeur, dont le PDG »."""
        found = self._named_last(_WHICH, offset, "masculine").mention
        return found if found is not None and found.type == "ORG" else None

    def interviewee(self) -> Mention | None:
        """Who answers, where the article is an interview."""
        return find_interviewee(self._document, self._named)

    def host(self) -> Mention | None:
        """The body for which « nous » speaks, where the article is an interview."""
        return find_host(self._document, self._named, self.syntax)

    def issuer(self, offset: int) -> Mention | None:
        """The body that issues the article, where that is a press release and the sentence of `offset` names none."""
        sentence = self._document.sentences[self._document.sentence_at(offset)]
        names_body = any(m.type == "ORG" for m in self.preceding.names(sentence.start, sentence.end))
        return None if names_body else find_issuer(self._document, self._named)

    def _named_last(self, word: str, offset: int, gender: Gender, *, speaking: bool = False) -> Resolution:
        """What stands last before `offset`, by name or as a description; a person named shortly before where somebody speaks."""

        def fits(mention: Mention) -> bool:
            return self.portraits.may_be(mention, gender) if mention.type == "ORG" else self.portraits.fits(mention, gender)

        found = self.preceding.last(offset, lambda mention: mention.type == "PER" and fits(mention)) if speaking else None
        if found and offset - found.end <= _LATELY:
            return Resolution(found, f"« {word} »: the person named last")
        found = self.preceding.last(offset, fits)
        start = found.end if found else max(0, offset - _LATELY)
        objects = self.syntax.described_object.finditer(self._document.folded, max(start, offset - _LATELY), offset)
        alone = (m for m in objects if self.preceding.first(m.start(), m.end() + 2) is None)
        phrases = (m["phrase"] for m in alone if word == _WHICH or self.preceding.may_be_last(m, offset, gender))
        nearer = [phrase for phrase in phrases if self.descriptions.describes(phrase)]
        if nearer:
            return self.described(nearer[-1], offset)
        return Resolution(found, f"« {word} »: named last" if found else f"« {word} »: nobody is named before")

    def _is_described(self, body: Mention, offset: int) -> bool:
        """True where other words than its name stood for a body shortly before (« La direction de Lumio … », écrit-elle)."""
        here = self._document.sentence_at(offset)
        found = (self._subjects.get(number) for number in range(max(0, here - _ASKED), here + 1))
        return any(
            one and one.mention and name_of(one.mention) == name_of(body) and not one.reason.startswith(_BY_NAME) for one in found
        )

    def _asked(self, noun: str, offset: int, gender: Gender | None) -> Resolution | None:
        """The person of whom the sentence of `offset`, or the one before, asks something."""
        first = self._document.sentences[max(0, self._document.sentence_at(offset) - _ASKED)].start
        for one in reversed(self.preceding.names(first, offset)):
            before = self._document.folded[max(first, one.start - _QUESTION) : one.start]
            if self.portraits.fits(one, gender) and self.syntax.asked.search(before):
                return Resolution(one, f"« {noun} »: asked just before: {name_of(one)}")
        return None
