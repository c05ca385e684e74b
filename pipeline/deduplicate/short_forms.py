"""Within one article: bodies, companies, laws and products named by less than their full name, or not quite by it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.deduplicate.apart import SENTENCE_END
from pipeline.deduplicate.article import bodies_of, choose, name_of, tells_country
from pipeline.deduplicate.index import ArticleIndex, FullName
from pipeline.deduplicate.keys import initials, is_acronym, may_be_acronym, may_spell, spellings, squash
from pipeline.deduplicate.known import Name, why_known
from pipeline.deduplicate.slips import is_slip, is_slip_beside
from pipeline.lexicon import GazetteerEntry
from pipeline.model import Mention
from pipeline.text import fold_name

_BRACKET = re.compile(r" ?\( ?$")


def doubtful(mention: Mention, index: ArticleIndex) -> FullName | None:
    """Of several known things of that name the one that the article means (« l'armateur CMA »)."""
    if index.entry(mention) or len(index.guide.known.claimants((mention.type, mention.text))) < 2:
        return None
    chosen = choose(mention, index.article, index.guide.known, index.guide.words)
    if not chosen:
        return None
    entry, why = chosen
    return FullName(mention.type, entry.canonical, 0.85, f"{mention.text} is {entry.canonical} here: {why}")


def body_head(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The body last named in full that begins so (« la Commission » after « Commission européenne »)."""
    folded = fold_name(mention.text)
    if mention.type != "ORG" or folded not in index.guide.words.body_heads or index.entry(mention):
        return None
    bodies = [m for m in index.heads.get(folded, []) if fold_name(m.text) != folded]
    if before := [m for m in bodies if m.start < mention.start]:
        return FullName("ORG", index.name(before[-1]), 0.9, f"first word of {before[-1].text}, named before in the same article")
    if len({index.name(body) for body in bodies}) == 1:
        return FullName("ORG", index.name(bodies[0]), 0.8, f"first word of {bodies[0].text}, the only such body in the article")
    known = index.guide.known.claimants((mention.type, mention.text))
    for entry in [entry for entry in known if _speaks_of_country(entry, index)][:1]:
        return FullName("ORG", entry.canonical, 0.8, f"{mention.text} in an article on bodies of the same country")
    return FullName("ORG", mention.text, 0.5, f"named {mention.text}, and nothing says which")


def _speaks_of_country(entry: GazetteerEntry, index: ArticleIndex) -> bool:
    """True where the article names the entry's country or a body of it, and no fewer of them than of the other side."""
    article, guide = index.article, index.guide
    ours = bodies_of(entry.country, article, guide.known)
    rivals = bodies_of("FR" if entry.country == "EU" else "EU", article, guide.known)
    return ours >= rivals and (ours > 0 or tells_country(entry, article, guide.known, guide.words) is not None)


def proposed(mention: Mention, index: ArticleIndex) -> FullName | None:
    """What the recognizer says it stands for, unless it chose one of several known things."""
    name = name_of(mention, index.guide.known)[1]
    if not mention.canonical or mention.canonical == mention.text or name != mention.canonical:
        return None
    entry = index.entry(mention)
    told = why_known(mention.text, entry) if entry else f"{mention.canonical}, by {mention.method} {mention.rule_id}"
    return FullName(mention.type, mention.canonical, 0.95, told)


def first_words(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The one name that goes on where this one stops (« Mistral » with « Mistral AI », « loi Marnier » with its long title).

    A longer name that comes only later counts where it adds nothing but a legal form or a word such as « AI », « Group »: what
    an article calls « Vélora », and then « Vélora Capital », are two.
    """
    words, short = index.guide.words, fold_name(mention.text)
    if mention.type not in ("ORG", "LAW") or (mention.type == "LAW" and " " not in short) or short in words.body_heads:
        return None
    longer = index.openings.get((mention.type, short), {})
    if len(longer) != 1:
        return None
    ((name, full),) = longer.items()
    tail = set(name[len(short) :].split())
    if _is_known_otherwise(mention, full, index) or index.are_apart(mention, full):
        return None
    if mention.type == "ORG" and not tail <= words.company_tails | words.legal_forms and _stands_before(mention, full, index):
        return None
    return FullName(mention.type, index.name(full), 0.9, f"first words of {full.text} in the same article", carries=True)


def _stands_before(short: Mention, full: Mention, index: ArticleIndex) -> bool:
    """True where the body of the article, below its first line, uses the short name before the longer one."""
    if full.start > short.start:
        return True
    body = index.article.text.find("\n")
    return any(body < again.start < full.start for again in index.places[short.type, fold_name(short.text)])


def _is_known_otherwise(mention: Mention, full: Mention, index: ArticleIndex) -> bool:
    """True for « Google », which is not « Google Robotique » even where nobody knows the latter."""
    entry = index.entry(mention)
    return not index.agree(mention, full) or (entry is not None and index.name(full) != entry.canonical)


def introduced(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The name that brackets or an apposition tie to this acronym (« Bundesamt für Notfalltechnik (BNT) »)."""
    if not may_be_acronym(mention.text):
        return None
    if full := _beside(mention, index):
        return FullName(mention.type, index.name(full), 0.95, f"introduced beside {full.text}", carries=True)
    fulls = _introduced_as((mention.type, fold_name(mention.text)), index)
    if len(fulls) != 1:
        return None
    ((name, full),) = fulls.items()
    return FullName(mention.type, name, 0.95, f"introduced beside {full.text}", carries=True)


def _introduced_as(acronym: Name, index: ArticleIndex) -> Mapping[str, Mention]:
    """The names that introduce the acronym anywhere in the article."""
    if acronym not in index.introductions:
        beside = [_beside(again, index) for again in index.places[acronym]]
        index.introductions[acronym] = {index.name(full): full for full in beside if full}
    return index.introductions[acronym]


def _beside(acronym: Mention, index: ArticleIndex) -> Mention | None:
    """The name that introduces the acronym right there."""
    for other in index.near.get(acronym.start, ()):
        if other.type == acronym.type and index.agree(acronym, other) and _is_introduced(acronym, other, index):
            return other
    return None


def _is_introduced(acronym: Mention, full: Mention, index: ArticleIndex) -> bool:
    """True where brackets, whichever of the two comes first, or an apposition tie the acronym to the name."""
    if " " not in full.text:
        return False
    first, second = (full, acronym) if full.start < acronym.start else (acronym, full)
    between = index.article.between(first, second)
    exact = fold_name(acronym.text) in spellings(full.text, index.guide.words)
    apposed = index.guide.words.apposition.match(between) is not None
    return (exact and apposed) or (bool(_BRACKET.match(between)) and may_spell(acronym.text, full.text))


def spelled(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The one name of the article whose initials spell this acronym (« PPE » with « Parti populaire européen »)."""
    if not may_be_acronym(mention.text):
        return None
    longer = index.acronyms.get((mention.type, squash(mention.text)), {})
    spelled_out = [full for full in longer.values() if fold_name(full.text) != fold_name(mention.text)]
    fulls = {index.name(full): full for full in spelled_out if index.agree(mention, full)}
    if len(fulls) != 1:
        return None
    ((name, full),) = fulls.items()
    if not is_acronym(mention.text) and len(initials(full.text, index.guide.words)) < 3:
        return None
    return FullName(mention.type, name, 0.9, f"initials of {full.text} in the same article", carries=mention.type != "PER")


def misspelled(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The name that the article writes more often, one slip away (« Pantografe », « Pantographe »)."""
    folded = fold_name(mention.text)
    if mention.type == "LOC" or len(index.places[mention.type, folded]) > 1 or index.guide.known.knows(mention.text):
        return None
    near = {
        other.text: other
        for other in index.usual[mention.type].values()
        if is_slip(mention.text, other.text, person=mention.type == "PER") and not _in_one_sentence(mention, other, index)
    }
    if len(near) != 1:
        return None
    (right,) = near.values()
    return FullName(mention.type, index.name(right), 0.75, f"misspelling of {right.text}, named more often in the same article")


def _in_one_sentence(rare: Mention, usual: Mention, index: ArticleIndex) -> bool:
    """True where one sentence holds both: « Novalis attaque Novatis » names two."""
    for other in index.places[usual.type, fold_name(usual.text)]:
        first, second = sorted((rare, other), key=lambda m: m.start)
        if not SENTENCE_END.search(index.article.between(first, second)):
            return True
    return False


def misspelled_known(mention: Mention, index: ArticleIndex) -> FullName | None:
    """The known company of two words that this one is a slip of, where the article names its country (« Alpha Alpha »)."""
    parts = fold_name(mention.text).split()
    if mention.type != "ORG" or len(parts) != 2 or index.entry(mention):
        return None
    halves = index.guide.halves
    near = {
        name for place, part in enumerate(parts) for name in halves.get((place, part), ()) if is_slip_beside(mention.text, name)
    }
    if len(near) != 1:
        return None
    (right,) = near
    entry = index.guide.known.entry(("ORG", right))
    why = entry and tells_country(entry, index.article, index.guide.known, index.guide.words)
    return FullName("ORG", right, 0.75, f"misspelling of {right}: {why} in the same article") if why else None
