"""Phrases that stand before a name (« start-up », « filiale de »), looked up by their last words: hundreds cost as much as one.

Articles are folded away on both sides: « filiale de la », « du », « d' » are « de ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.lexicon import Rule, RuleFile
from pipeline.model import Span
from pipeline.recognize.chunks import Chunker

WINDOW = 90
"""Characters before a name in which its cue is looked for: ten words or so."""
FAR = 5
"""Words that may stand between a cue of far reach and its name."""
_OPENING = (",", "–", "—")
"""What opens an apposition."""
_WORD = re.compile(r"[\w&-]+(?:\.(?=[ ,]|$))?'?|[^\w\s]")
_Table = Mapping[tuple[str, ...], Rule]
"""Rules by the words of their phrases."""


class Cues:
    """The phrases of rules that stand before names; built once.

    `nouns` are all words of theirs, `far_nouns` those that alone tell what a name further on is (« start-up nantaise Lumio »).
    """

    def __init__(self, rules: Iterable[Rule], shapes: RuleFile, words: Mapping[str, Any], chunker: Chunker) -> None:
        self._contractions = dict(words["contractions"])
        self._articles = frozenset(words["articles"])
        self._links = frozenset(words["links"])
        self._complement_ending: str = words["complement_ending"]
        self._prefix = re.compile("|".join(words["cue_prefixes"]))
        self._days, self._before_days = frozenset(words["days"]), frozenset(words["before_days"])
        self._adverbs = frozenset(words["cue_adverbs"])
        self._adjective = re.compile(
            rf"[^\W\d_A-Z][\w-]*(?:{'|'.join(words['adjective_endings'])})|{'|'.join(words['adjectives'])}"
        )
        self._chunker = chunker
        self._verb = re.compile(shapes.expand("{finite}"))
        self._time = re.compile(shapes.expand("{time_between}$"))
        self._apposition_closed = re.compile(shapes.expand("{apposition_closed}"))
        cues = [
            (rule, tuple(self.fold_words(cue)))
            for rule in rules
            for phrase in rule.phrases
            for cue in (phrase, phrase[0].upper() + phrase[1:])
        ]
        # Rules with a context are asked first: where it fails, the phrase is still what the others take it for.
        self._tables = tuple({cue: rule for rule, cue in cues if bool(rule.contexts) is asked} for asked in (True, False))
        self._longest = max(len(cue) for _, cue in cues)
        self.nouns = frozenset(word for _, cue in cues for word in cue)
        self.far_nouns = frozenset(cue[0] for rule, cue in cues if len(cue) == 1 and rule.assigns.get("reach") == "far")

    def before(self, folded: str, chunk: Span) -> Iterator[Rule]:
        """The rules whose phrase stands before the run: at most one with a context, then at most one without."""
        words, apposed = self._words_before(folded, chunk)
        for table in self._tables:
            if rule := self._cue(words, table, far_only=apposed):
                yield rule

    def fold_words(self, text: str) -> list[str]:
        """The words of a cue or of the text before a name, without numbers, days, adverbs, articles after « de » and « à »."""
        words: list[str] = []
        for word in _WORD.findall(text):
            if word in self._days or word.isdigit():
                if words and words[-1] in self._before_days:
                    words.pop()
            elif word not in self._adverbs and not (word in self._articles and words and words[-1] in self._links):
                words.append(self._contractions.get(word, word))
        return words

    def _words_before(self, folded: str, chunk: Span) -> tuple[list[str], bool]:
        """The words of the line right before the run, and whether between commas or dashes it may be an apposition to them.

        « Sa console, Grimoire, arrive » → sa console, true. The day is passed over: « lance mardi », and so is another time: « a
        racheté l'automne dernier ».
        """
        line = folded.rfind("\n", 0, chunk.start) + 1
        text = folded[max(line, chunk.start - WINDOW) : chunk.start]
        words = self.fold_words(self._time.sub("", text))
        apposed = words[:-1] if words and words[-1] in self._articles else words
        opened = len(apposed) > 1 and apposed[-1] in _OPENING and apposed[-2].islower()
        if opened and self._apposition_closed.match(folded, chunk.end):
            return apposed[:-1], True
        return words, False

    def _cue(self, words: list[str], table: _Table, *, far_only: bool) -> Rule | None:
        """The rule of the nearest cue; a cue that is a complement (« éditeur de logiciels X ») gives way to one before it."""
        complement = None
        for skipped in range(min(FAR, len(words) - 1) + 1):
            cut = len(words) - skipped
            rule = self._lookup(words[:cut], table)
            if not rule or not self._reaches(rule, words[cut:], far_only):
                continue
            if not self._is_complement(words[:cut], apposed=far_only):
                return rule
            complement = complement or rule
        return complement

    def _is_complement(self, words: list[str], *, apposed: bool) -> bool:
        """True for « éditeur de logiciels », « constructeur de petits satellites »: what several of are made.

        Apposed, a name is what the first noun tells: « Le produit phare du groupe, Grimoire, ».
        """
        if len(words) < 2 or not (apposed or words[-1].endswith(self._complement_ending)):
            return False
        adjective = len(words) > 2 and self._adjective.fullmatch(words[-2].removesuffix(self._complement_ending)) is not None
        return words[-2] in self._links or (adjective and words[-3] in self._links)

    def _reaches(self, rule: Rule, between: list[str], far_only: bool) -> bool:
        far = rule.assigns.get("reach") == "far"
        return (far or not (between or far_only)) and (not between or self._fills(between, rule.finds == "PER"))

    def _lookup(self, words: list[str], table: _Table) -> Rule | None:
        for length in range(min(self._longest, len(words)), 0, -1):
            if rule := table.get(tuple(words[-length:])):
                return rule
        return table.get((self._prefix.sub("", words[-1], count=1),)) if words else None

    def _fills(self, words: list[str], office: bool) -> bool:
        """True for « grenobloise », « de petits drones », « de câbles sous-marins »: adjectives and complements.

        The complement of an office may have a capital: « ministre de l'Économie ».
        """
        if words[-1] in self._links:
            return False
        linked = complement = False
        for word in words:
            letters = all(map(str.isalpha, word.split("-"))) and not self._verb.fullmatch(word)
            letters = letters and word not in self._chunker.not_names
            plain = letters and (word.islower() or (office and linked))
            linking = word in self._links or word in self._chunker.complements
            adjective = self._adjective.fullmatch(word.removesuffix("s") if complement else word) is not None
            if not linking and not (plain and (linked or adjective)):
                return False
            linked = word in self._links or (linked and self._adjective.fullmatch(word.removesuffix("s")) is not None)
            complement = complement or linked
        return True
