"""Where a name begins and ends: articles and titles out, pairs apart, nothing across a line or a block.

All take and give offsets of the document's text; they read `folded`, where apostrophes and spaces have one form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.lexicon import RuleFile
from pipeline.model import Document, EntityType, Mention, Span
from pipeline.recognize.evidence import Evidence
from pipeline.recognize.occurrences import occurrences

_INITIAL = re.compile(r" [A-ZÀ-ÖØ-Þ]$|[A-ZÀ-ÖØ-Þ]\.[ -]?[A-ZÀ-ÖØ-Þ]$")
_LETTERS = re.compile(r"(?<!\w)(?:[A-ZÀ-ÖØ-Þ]\.){2,}[A-ZÀ-ÖØ-Þ]$")
_GOES_ON = re.compile("[,;]| [a-zà-ÿ(]")
_CLOSING = re.compile(" ?»")
_LIST_REACH = 40
"""Characters before a name in which a list leads up to it."""
_MOST_INITIALS = 5
"""Letters of an acronym; longer words in capitals are headings."""
_FEWEST = 2
"""Letters of each name in a pair."""
_ARTICLE = 4
"""Letters of « Les », with the space behind."""
_TAIL = re.compile(r" (?:[a-zà-ÿ][a-zà-ÿ\d'-]*(?: [a-zà-ÿ][a-zà-ÿ\d'-]*)*|\d+)\Z")
_WORD = re.compile(r"\w[\w-]*")
_EDGE = " \n\t.,;:!?…«»“”\"'()[]–—-•→*/|"


class Edges:
    """Trims spans to names; the articles and titles that stay outside are data."""

    def __init__(self, shapes: RuleFile) -> None:
        self._article = re.compile(shapes.expand("{article}"))
        self._plain_article = re.compile(shapes.expand("{plain_article}"))
        self._own_article = re.compile(shapes.expand("{capital_article}"))
        self._trailing = re.compile(shapes.expand("{trailing}"))
        self._title = re.compile(shapes.expand("{title}"))
        self._list_before = re.compile(shapes.expand("(?:{list_before})$"))
        self._plural_after = re.compile(shapes.expand("{plural_after}"))
        self._beyond_body = re.compile(shapes.expand("{beyond_body}"))
        self._small_complement = re.compile(shapes.expand("{small_complement}"))
        self._aside_behind = re.compile(shapes.expand("{aside_behind}"))
        self._verb_behind = re.compile(shapes.expand("{verb_behind}"))
        self._dative_behind = re.compile(shapes.expand("{dative_behind}"))
        self._nation_behind = re.compile(shapes.expand("{nation_behind}"))
        self._cut_short = re.compile(shapes.expand(" {cut_short}$"))

    def trim(self, document: Document, span: Span, *, person: bool = False, whole: bool = False) -> Span | None:
        """The span without article, title, outer spaces and marks, inside one block; None where nothing is left.

        « l'Autorité de la concurrence » → « Autorité de la concurrence »; « Mme Vestager » (a person) → « Vestager ». An article
        with a capital is the name's own within a sentence and in a person's name (« Marine Le Pen », « à La Souterraine »),
        and so is that of a name of known extent (`whole`): « La Gazette des champs ».
        """
        folded, start, end = document.folded, span.start, _line_end(document, span)
        while start < end and folded[start] in _EDGE:
            start += 1
        article = self._article if starts_sentence(document, start) and not person else self._plain_article
        for pattern in (article, self._title)[: 0 if whole else 2 if person else 1]:
            if match := pattern.match(folded, start, end):
                start = match.end()
        start = with_own_article(folded, start, self._own_article)
        if not whole and (match := self._trailing.search(folded, start, end)):
            end = match.start()
        while end > start and folded[end - 1] in _EDGE:
            end -= 1
        if folded.count("(", start, end) > folded.count(")", start, end) and folded[end : end + 1] == ")":
            end += 1
        if folded.count("«", start, end) > folded.count("»", start, end) and (closing := _CLOSING.match(folded, end)):
            end = closing.end()
        if folded[end : end + 1] == "." and (
            (person and _INITIAL.search(folded, start, end))
            or _LETTERS.search(folded, start, end)
            or (self._cut_short.search(folded, start, end) and _GOES_ON.match(folded, end + 1))
        ):
            end += 1
        return Span(start, end) if start < end else None

    def end_body(self, document: Document, voice: Evidence, heads: frozenset[str]) -> Evidence:
        """The voice for an organisation without what no name goes on with: « Chambre la ministre », « FTC américaine », « Centre
        Orvenne, associés »."""
        if voice.type != "ORG":
            return voice
        if aside := self._aside_behind.search(document.folded, *voice.place):
            return replace(voice, end=aside.start())
        if document.folded[voice.start : voice.end].partition(" ")[0] in heads:
            beyond = self._beyond_body.search(document.folded, voice.start, voice.end)
            return replace(voice, end=beyond.start()) if beyond else voice
        nation = self._nation_behind.fullmatch(document.folded, voice.start, voice.end)
        return replace(voice, end=nation.start("nation")) if nation else voice

    def stop_at_known(
        self, document: Document, evidence: Iterable[Evidence], chunks: Iterable[Span], *, known: float
    ) -> Iterator[Evidence]:
        """The evidence, with bodies that go beyond a known name in small words ended with it (« l'Autorité de la concurrence des
        pratiques de Cordival » is saisie of them), and those that run into a person (« l'École de Malvicourt Octave Perdriel »).

        Bodies that are really longer are known too (« Commission européenne des droits de l'homme »).
        """
        voices = list(evidence)
        shaped = {v.start: v.end for v in voices if v.method == "rule" and v.whole}
        surely = {v.start: v.end for v in voices if v.method == "gazetteer" and v.type == "ORG" and v.whole and v.weight >= known}
        runs = sorted(chunks, key=lambda run: run.start)
        cuts = [one.end for one, other in pairwise(runs) if other.start == one.end + 1 and document.folded[one.end] == " "]
        for voice in voices:
            end = surely.get(voice.start, voice.end)
            many = " " in document.folded[voice.start : end]
            beyond = end < voice.end and voice.type == "ORG" and many and self._small_complement.match(document.folded, end)
            cut = bisect_right(cuts, voice.start)
            told = shaped.get(voice.start, voice.end)
            if beyond:
                yield replace(voice, end=end)
            elif told < voice.end and self._goes_to(document, voice, told):
                yield replace(voice, end=told)
            elif voice.type == "ORG" and voice.method == "rule" and cut < len(cuts) and cuts[cut] < voice.end:
                yield replace(voice, end=cuts[cut])
            else:
                yield voice

    def _goes_to(self, document: Document, voice: Evidence, told: int) -> bool:
        """True where the network takes to whom something goes for the rest of a name that a rule ends at `told`: « étendre la loi
        Écluses aux communes », or what a body does: « le Syndicat des éclusiers milite ». The title of a law goes on so behind a
        small word (« loi relative aux communes »).
        """
        if voice.method != "model":
            return False
        verb = self._verb_behind.match(document.folded, told) if voice.type == "ORG" else None
        titled = voice.type == "LAW" and document.folded[voice.start : told].rpartition(" ")[2].islower()
        dative = not titled and self._dative_behind.match(document.folded, told) is not None
        return dative or (verb is not None and verb.end() == voice.end)

    def unjoin(self, document: Document, voice: Evidence) -> tuple[Evidence, ...]:
        """The voice for each of two names joined by « et » where a list leads up to them or a plural verb follows, or parted by
        the end of a sentence.

        « Orpin, Trapèze et Mirabeau Tech », « Orpin et Trapèze ont signé », « chez Orpin. Trapèze recrute »; what has no capital
        behind « et » is no name.
        """
        folded = document.folded
        if (middle := _second_sentence(document, voice)) is not None:
            first = folded[voice.start : middle].rstrip(_EDGE)
            return replace(voice, end=voice.start + len(first)), replace(voice, start=middle)
        left, joined, right = folded[voice.start : voice.end].rpartition(" et ")
        listed = joined and self._list_before.search(folded, max(0, voice.start - _LIST_REACH), voice.start)
        if not joined or not (listed or self._plural_after.match(folded, voice.end)):
            return (voice,)
        halves = [replace(voice, end=voice.start + len(left))]
        if right[0].isupper():
            halves.append(replace(voice, start=voice.end - len(right)))
        return tuple(halves)


def with_own_article(folded: str, start: int, own: re.Pattern[str]) -> int:
    """Where the name at `start` begins with its own article: « à L'Enclume », « de La Tournerie » within a sentence, not « à
    l'Enclume ».

    At the start of one an elided article is the name's own where it is so within another: « L'Enclume recrute. Chez L'Enclume, ».
    """
    if article := own.search(folded, max(0, start - _ARTICLE), start + 1):
        return article.start()
    first = max(0, start - 2)
    word = _WORD.match(folded, start) if folded[first:start].endswith("'") and folded[first].isupper() else None
    return (
        first
        if word and any(own.match(folded, at, at + 3) for at, _ in occurrences(folded, folded[first : word.end()]))
        else start
    )


def split_pair(document: Document, span: Span, types: Mapping[str, Collection[EntityType]]) -> tuple[Span, ...]:
    """The two halves of « OpenAI-Microsoft » where both are names of one type on their own, and no letter (« Ardoisel-X »).

    Else the span itself: « CFDT-Moselle » is the branch of a union. `types` are those of each name found in the article.
    """
    surface = document.folded[span.start : span.end]
    for hyphen in (m.start() for m in re.finditer("-", surface)):
        alike = set(types.get(surface[:hyphen], ())).intersection(types.get(surface[hyphen + 1 :], ()))
        if _FEWEST <= hyphen < len(surface) - _FEWEST and alike:
            return Span(span.start, span.start + hyphen), Span(span.start + hyphen + 1, span.end)
    return (span,)


def stop_early(
    document: Document, evidence: Iterable[Evidence], chunks: Iterable[Span], *, heads: frozenset[str]
) -> Iterator[Evidence]:
    """The evidence, with what only the network says ended before small words where the name also stands without them.

    « Vorteline plafonne » → « Vorteline » where the article has « Vorteline » elsewhere. A body's head (« Conseil ») stands alone
    for the whole name, and ends early before a number only: « l'Union 750 milliards ».
    """
    voices = list(evidence)
    backed = {voice.place for voice in voices if voice.method != "model"}
    runs = Counter(document.folded[chunk.start : chunk.end] for chunk in chunks)
    for voice in voices:
        tail = _TAIL.search(document.folded, voice.start, voice.end) if voice.method == "model" else None
        name = document.folded[voice.start : tail.start()] if tail else ""
        bare = tail is not None and runs[name] > document.folded.count(document.folded[voice.start : voice.end])
        if tail and bare and voice.place not in backed and (name not in heads or tail[0][1].isdigit()):
            yield replace(voice, end=tail.start())
        else:
            yield voice


def is_whole_word(document: Document, span: Span) -> bool:
    """True where no letter or digit touches the span from outside (an elision does not count)."""
    folded = document.folded
    before, after = folded[span.start - 1 : span.start], folded[span.end : span.end + 1]
    return not (before.isalnum() or after.isalnum() or after == "_")


def starts_sentence(document: Document, start: int) -> bool:
    """True where `start` is the first character of a sentence, marks aside."""
    sentence = document.sentences[document.sentence_at(start)] if document.sentences else Span(0, 0)
    return not document.folded[sentence.start : start].strip(_EDGE)


def only_opens(document: Document, mention: Mention) -> bool:
    """True for what begins a sentence there and wherever else it stands with its capital: « Garante », « Reste ».

    A firm's capital inside is no sentence's (« NetVigie », « SPQR »), but a heading may have them all (« DÉPARTS »).
    """
    owed = mention.type != "ORG" or mention.text[1:].islower() or (mention.text.isupper() and len(mention.text) > _MOST_INITIALS)
    if not (owed and starts_sentence(document, mention.start)):
        return False
    surface = document.folded[mention.start : mention.end]
    return all(starts_sentence(document, start) for start, _ in occurrences(document.folded, surface))


def _second_sentence(document: Document, voice: Evidence) -> int | None:
    """Where within the voice's span a second sentence starts, behind a space; None where it stands in one."""
    number = document.sentence_at(voice.end - 1)
    start = document.sentences[number].start if document.sentences else 0
    return start if voice.start < start and document.folded[start - 1] == " " else None


def _line_end(document: Document, span: Span) -> int:
    """Where the span ends at the latest: the end of its block, or of its line."""
    number = bisect_right(document.blocks, span.start, key=lambda block: block.start) - 1
    end = min(span.end, document.blocks[number].end) if number >= 0 else span.end
    line = document.folded.find("\n", span.start, end)
    return end if line < 0 else line
