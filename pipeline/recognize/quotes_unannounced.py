"""Who speaks the words between quotation marks where no rule tells: whoever the words before or the sentences around speak of."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.lexicon import RuleFile
from pipeline.recognize.quotes_scene import (
    Attribution,
    Scene,
    fills_paragraph,
    goes_on,
    headed_by,
    heads_paragraph,
    introduced,
    is_heading,
    is_headline,
    same_paragraph,
    same_sentence,
    signed_below,
    spoken_of,
    spoken_of_behind,
)
from pipeline.recognize.relations.masking import SIGNS, Masked
from pipeline.recognize.relations.resolution import Resolution, name_of
from pipeline.recognize.relations.subjects import read_phrase

_LEFT = 300
"""How many characters before its sentence may tell who says a quotation that is announced."""
_ALONE = Attribution("quote-alone", None, Resolution(None, "nothing around the words says whose they are"))


class Unannounced:
    """Reads the speaker of a quotation beside which no rule tells one; built once from the rules.

    `subject` tells who the words before a quotation are about, `incised` who says some masked words by a clause put in.
    """

    def __init__(
        self,
        file: RuleFile,
        *,
        subject: Callable[[Scene], Resolution | None],
        incised: Callable[[Scene, Masked, int, int], Attribution | None],
    ) -> None:
        self._subject, self._incised = subject, incised
        self._cues = re.compile(file.expand("(?<![\\w']){cue}"))
        self._sentence = re.compile(file.expand("{sentence_end}"))
        self._addition, self._coordinated = re.compile(file.expand("{addition}")), re.compile(file.expand("{coordinated}"))
        self._asked, self._asks_what = re.compile(file.expand("{asked}")), re.compile(file.expand("{asks_what}"))
        self._answers_that, self._asks_whom = re.compile(file.expand("{answers_that}")), re.compile(file.expand("{asks_whom}"))
        self._framed = re.compile(file.expand("{framed}"))
        self._of_self = re.compile(file.expand("{of_self}"), re.IGNORECASE)

    def read(self, scene: Scene) -> Attribution:
        """Who says it by its place or the words before it, else whoever was spoken of or spoke before; nobody where none was."""
        return self._by_place(scene) or self._by_words_before(scene) or self._by_sentences_around(scene) or _ALONE

    def _by_place(self, scene: Scene) -> Attribution | None:
        """Who answers or signs, or whom the heading above is about; nobody says a heading but whom the article introduces."""
        if fills_paragraph(scene) and (found := scene.antecedents.interviewee()):
            return Attribution("quote-answer", None, Resolution(found, "answers the questions"))
        if (signer := signed_below(scene)) is not None:
            return Attribution("quote-signed-below", None, Resolution(signer, f"signed below: {name_of(signer)}"))
        if is_headline(scene) or is_heading(scene):
            return _over(scene)
        if (above := headed_by(scene, self._cues)) is not None:
            return Attribution("quote-headed", None, Resolution(above, f"the heading above is about {name_of(above)}"))
        return None

    def _by_words_before(self, scene: Scene) -> Attribution | None:
        """Who has just been quoted in the sentence, was asked in the one before, or is the subject of the words before."""
        if (voice := same_sentence(scene)) is not None and self._same_clause(scene):
            return Attribution("quote-continues", None, voice)
        if (asked := self._answered(scene)) is not None:
            return Attribution("quote-asked", "?", asked)
        if scene.introduction.strip() and (subject := self._subject(scene)) is not None:
            return Attribution("quote-subject", None, subject)
        return self._reported(scene)

    def _by_sentences_around(self, scene: Scene) -> Attribution | None:
        """Whom the sentence right behind or right before is about, who is asked there, else who spoke before."""
        alone, before = not scene.introduction.strip(), scene.before
        announced, adds = scene.introduction.rstrip().endswith(":"), self._addition.fullmatch(scene.introduction) is not None
        if alone and (person := spoken_of_behind(scene)) is not None:
            return Attribution("quote-before-sentence", None, Resolution(person, "the sentence behind is about nobody else"))
        if alone and (framed := self._framed.search(scene.masked.text, 0, scene.left)) is not None:
            body = Resolution(scene.masked.mention(framed.start("speaker")), "the sentence before tells of the tone there")
            return Attribution("quote-after-sentence", None, body)
        if (announced or adds) and (person := spoken_of(scene)) is not None:
            return Attribution("quote-after-sentence", None, Resolution(person, "the sentence before speaks of nobody else"))
        if alone and self._asked.search(scene.masked.text, 0, scene.left):
            return Attribution("quote-asked", "?", _asked(scene))
        if before is not None and before.speaker_mention and goes_on(scene.document, before, scene.quote) and adds:
            reason = f"goes on speaking: {name_of(before.speaker_mention)}"
            return Attribution("quote-continues", None, Resolution(before.speaker_mention, reason))
        if (speaker := same_paragraph(scene)) is not None and self._of_self.search(scene.quote_text):
            return Attribution("quote-continues", None, Resolution(speaker, f"goes on speaking: {name_of(speaker)}"))
        return Attribution("quote-announced", ":", _announced(scene)) if announced else None

    def _same_clause(self, scene: Scene) -> bool:
        """True where a conjunction alone parts it from the quotation before: « X dit que A est « … », et que B est « … »."""
        between = scene.introduction.rpartition(SIGNS["quote"])[2]
        return self._coordinated.match(between) is not None and not self._cues.search(between)

    def _answered(self, scene: Scene) -> Resolution | None:
        """Who is asked in the question right before: « Que dit Lumio ? Que « … » »; None where the words answer none."""
        masked, antecedents = scene.masked, scene.antecedents
        alone = not scene.introduction.strip()
        if alone and (question := self._asks_whom.search(masked.text, 0, scene.left)):
            found = antecedents.pronoun(question["pronoun"], masked.origin(question.start("pronoun")), speaking=True)
            return found if found.mention and found.mention.type == "PER" else None
        question = self._asks_what.search(masked.text, 0, scene.left)
        if question is None or not self._answers_that.fullmatch(scene.introduction):
            return None
        if question["pronoun"]:
            return antecedents.pronoun(question["pronoun"], masked.origin(question.start("cue")), speaking=True)
        return read_phrase(masked, question.end("cue") + 1, antecedents, limit=scene.left, speaking=True)

    def _reported(self, scene: Scene) -> Attribution | None:
        """Who says the sentence right before in words of its own: « Les ventes, assure-t-elle, ont bondi. « … » »"""
        text = scene.masked.text
        if scene.introduction.strip() or "\n" in text[max(0, scene.left - 1) : scene.left]:
            return None
        before = max((m.end() for m in self._sentence.finditer(text, 0, scene.left) if m.end() < scene.left), default=0)
        if SIGNS["quote"] in text[before : scene.left]:
            return None
        found = self._incised(scene, scene.masked, before, scene.left)
        if found is None or found.resolution.mention is None:
            return None
        return Attribution("quote-reported-before", found.cue, found.resolution)


def _announced(scene: Scene) -> Resolution:
    """Who says it behind a colon that no subject goes before: whom the sentence before is about, else who stands out."""
    start = scene.masked.origin(scene.left)
    person = scene.antecedents.preceding.only_person(max(0, start - _LEFT), start)
    return Resolution(person, "the sentence before is about nobody else") if person else scene.antecedents.person(start)


def _asked(scene: Scene) -> Resolution:
    """Whose name heads the paragraph (« Nora Belkacem. La PDG s'en va. Pourquoi ? « … » »), else who stands out."""
    head = heads_paragraph(scene)
    return Resolution(head, "heads the paragraph") if head else scene.antecedents.person(scene.quote.start)


def _over(scene: Scene) -> Attribution:
    """Who says the words of a headline that names nobody beside them: who answers, or whom the paragraph below introduces."""
    if is_headline(scene) and (found := scene.antecedents.interviewee()):
        return Attribution("quote-headline", None, Resolution(found, "answers the questions"))
    if (found := introduced(scene)) is not None:
        return Attribution("quote-headline", None, Resolution(found, f"introduced below the headline: {name_of(found)}"))
    return _ALONE
