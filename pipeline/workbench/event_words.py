"""Learning the words that tell of an event: from marked articles, and from the proof of the rules of events.

Whatever a rule refuses, no word that was learned may state either: weights are fitted so that no word of a refusal tells of an
event, and none of an example but those that are marked. So they learn from what was written against mistakes of rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.amounts import AmountFinder
from pipeline.dates import DateFinder
from pipeline.gold import read_gold
from pipeline.lexicon import Lexicon, load_lexicon
from pipeline.model import Mention
from pipeline.recognize.network import MODEL
from pipeline.training.triggers import TriggerFit, train_triggers
from pipeline.workbench.cast import Cast

NOTE = "triggers.json"
"""How the weights were fitted, and the SHA-256 of what they were fitted to."""


def learn_events(gold: Sequence[Path], *, out: Path = MODEL, fit: TriggerFit | None = None) -> int:
    """Write to `out` the weights that tell triggers, fitted to the gold files and the proof of the built-in rules, and what they
    were made of; how many triggers there are.

    Raises UsageError for a file that is not there.
    """
    fit, lexicon = fit or TriggerFit(), load_lexicon()
    articles = [article for path in gold for article in read_gold(path)]
    proof, kept = proof_articles(lexicon, learned=False), proof_articles(lexicon, learned=True)
    count = train_triggers(articles, silent=proof, kept=kept, out=out, fit=fit)
    made_of = {**{path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in gold}, "proof": digest_proof(lexicon)}
    (out / NOTE).write_text(json.dumps({"fit": str(fit), "made of": made_of}, indent=2) + "\n", encoding="utf-8")
    return count


def digest_proof(lexicon: Lexicon) -> str:
    """The SHA-256 of the examples and refusals of all rules of events, with what they find."""
    told = [[rule.finds, [example.text for example in rule.marked], rule.refusals] for rule in lexicon.rules["events"].rules]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def proof_articles(lexicon: Lexicon, *, learned: bool) -> Iterator[Mapping[str, Any]]:
    """Each example and each refusal of the rules of events, `learned` ones or others, as a marked article."""
    file, cast, amounts, dates = lexicon.rules["events"], Cast(lexicon), AmountFinder(lexicon), DateFinder(lexicon)

    def article(text: str, published: str | None, events: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        return {
            "text": text,
            "entities": [{**_place(mention), "type": mention.type} for mention in cast.mentions(text)],
            "amounts": [{**_place(one.mention), "kind": one.kind} for one in amounts.find(text, published=published)],
            "dates": [{**_place(one.mention), "kind": one.kind} for one in dates.find(text, published=published)],
            "events": events,
        }

    for rule in (rule for rule in file.rules if ("learned" in rule.assigns) == learned):
        for example in rule.marked:
            events = [{"start": start, "end": end, "type": rule.finds} for start, end, _ in example.expected]
            yield article(example.plain, example.published or file.published, events)
        for refusal in rule.refusals:
            yield article(refusal, file.published, [])


def _place(mention: Mention) -> Mapping[str, int]:
    return {"start": mention.start, "end": mention.end}
