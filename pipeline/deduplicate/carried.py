"""Short forms that stand alone in some articles → the full name that others tie them to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pipeline.deduplicate.clusters import Evidence, Groups
from pipeline.deduplicate.keys import is_acronym
from pipeline.deduplicate.known import Known, Name
from pipeline.text import fold_name


def carried(
    short_forms: Mapping[Name, Iterable[Name]],
    groups: Groups,
    *,
    names: Collection[Name],
    known: Known,
    beside: Collection[tuple[Name, Name]],
) -> Iterator[Evidence]:
    """Short forms that some article ties to a full name, standing alone in others, where all articles agree on the thing.

    `names` are the full names, `beside` the pairs of a short form and a full name that share a name beside them: a single word
    that is no acronym (« Chase ») needs one.
    """
    for short in sorted(short_forms):
        fulls = sorted(short_forms[short])
        if short not in names or short in fulls or known.claimants(short):
            continue
        agreed = len({groups.find(full) for full in fulls}) == 1 and not _goes_on_otherwise(short, fulls[0], groups)
        if agreed and (not needs_company(short) or any((short, full) in beside for full in fulls)):
            yield Evidence(fulls[0], short, 0.85, f"{short[1]} stands for {fulls[0][1]} in another article")


def needs_company(short: Name) -> bool:
    """True for a short form that means nothing by itself: a single word that is no acronym."""
    return " " not in short[1] and not is_acronym(short[1])


def _goes_on_otherwise(short: Name, full: Name, groups: Groups) -> bool:
    """True where the short form is already taken for another longer name (« Groupe Brumeval », not « Brumeval Énergie »)."""
    root = groups.find(short)
    words = len(fold_name(short[1]).split())
    return root != groups.find(full) and any(len(fold_name(m[1]).split()) > words for m in groups.members(root))
