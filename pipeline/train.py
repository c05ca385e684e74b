"""The door behind `veille train`: the shipped network again, from the data, with one command and a fixed seed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from pipeline.clean.plain import plain_document
from pipeline.errors import UsageError
from pipeline.gold import read_gold
from pipeline.lexicon import DATA
from pipeline.model import ENTITY_TYPES
from pipeline.recognize.model import NameModel
from pipeline.recognize.network import CHECKSUMS, MODEL
from pipeline.training.compose import Composer
from pipeline.training.marked import Marked
from pipeline.training.network import Fit, fit_network, start_network
from pipeline.training.sources import load_notes, read_own, read_popcorn, read_winer
from pipeline.training.swap import swap_names

MATERIAL = DATA / "training"


def train(
    *,
    winer: Path,
    popcorn: Path,
    own: Sequence[Path],
    out: Path = MODEL,
    seed: int = 1,
    measure: Sequence[Path] = (),
    fit: Fit | None = None,
) -> Mapping[str, Mapping[str, float]]:
    """Train the network, write it with its checksums and card to `out`, and return its scores on each file of `measure`.

    `winer` is the `train.jsonl` of WiNER-fr, `popcorn` the `train.json` of POPCORN, `own` gold files of this project;
    `measure` holds gold files, none of them trained on. The same files, seed and versions of spaCy and numpy give the same
    network. About 14 minutes of one core.
    """
    fit = fit or Fit()
    texts = read_texts(winer=winer, popcorn=popcorn, own=own)
    tokenizer, network = start_network()
    fit_network(tokenizer, network, compose_rounds(texts, fit=fit, seed=seed), fit=fit, seed=seed)
    out.mkdir(parents=True, exist_ok=True)
    network.to_disk(out / "ner", exclude=["vocab"])
    write_checksums(out)
    model = NameModel(out)
    scores = {f"{path.parent.name}/{path.name}": score_network(model, path) for path in measure}
    card = write_card(scores, sources=(winer, popcorn, *own), fit=fit, seed=seed)
    (out / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    return scores


def read_texts(*, winer: Path, popcorn: Path, own: Sequence[Path]) -> list[Marked]:
    """The texts of all corpora; a file that is not there is a UsageError."""
    for path in (winer, popcorn, *own):
        if not path.is_file():
            raise UsageError(f"{path}: no such file to train on; see pipeline/data/model/MODEL_CARD.md for where it comes from")
    notes = load_notes(MATERIAL / "sources.yaml")
    return [
        *read_winer(winer, notes["winer"]),
        *read_popcorn(popcorn, notes["popcorn"]),
        *(text for path in own for text in read_own(path) for _ in range(notes["own"]["times"])),
    ]


def compose_rounds(texts: Sequence[Marked], *, fit: Fit, seed: int) -> Iterator[list[Marked]]:
    """For each round the texts, some with their names swapped for invented ones, and new invented articles."""
    composer, chance = Composer(MATERIAL), Random(seed)
    for _ in range(fit.rounds):
        swapped = [swap_names(text, composer, chance) if chance.random() < fit.swapped else text for text in texts]
        yield [*swapped, *islice(composer.articles(chance), fit.invented)]


def score_network(model: NameModel, gold: Path) -> dict[str, float]:
    """F1 of each type on exact spans, as `ORG` → 0.87, and over all as `all`."""
    wanted, found = set(), set()
    articles = list(read_gold(gold))
    mentions = model.find(plain_document(article["text"]) for article in articles)
    for number, (article, names) in enumerate(zip(articles, mentions, strict=True)):
        wanted |= {(number, e["start"], e["end"], e["type"]) for e in article["entities"]}
        found |= {(number, m.start, m.end, m.type) for m in names}
    scores = {}
    for type_ in (*ENTITY_TYPES, "all"):
        gold_, ours = ({item for item in items if type_ in (item[3], "all")} for items in (wanted, found))
        if gold_:
            scores[type_] = round(2 * len(gold_ & ours) / (len(gold_) + len(ours)), 3)
    return scores


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of each file of the network, which loading compares."""
    sums = {path.relative_to(folder).as_posix(): _digest(path) for path in sorted((folder / "ner").iterdir())}
    (folder / CHECKSUMS).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")


def write_card(scores: Mapping[str, Mapping[str, float]], *, sources: Sequence[Path], fit: Fit, seed: int) -> str:
    """The model card: the text of `data/training/card.md` with what this training read, was told and measured."""
    columns = (*ENTITY_TYPES, "all")
    rows = ["| measured on | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, score in scores.items():
        rows.append(f"| `{name}` | " + " | ".join(f"{score[c]:.3f}" if c in score else "–" for c in columns) + " |")
    filled = {
        "scores": "\n".join(rows),
        "files": "\n".join(f"- `{path.parent.name}/{path.name}` SHA-256 `{_digest(path)}`" for path in sources),
        "material": digest_material(),
        "fit": f"`{fit}`, seed {seed}",
        "invented": str(fit.invented),
    }
    card = (MATERIAL / "card.md").read_text(encoding="utf-8")
    for slot, text in filled.items():
        card = card.replace(f"{{{slot}}}", text)
    return card


def digest_material() -> str:
    """The SHA-256 of what the package itself brings to the training: frames, grammar, notes, word bounds."""
    paths = [*sorted((MATERIAL / "frames").glob("*.txt")), *sorted(MATERIAL.glob("*.yaml")), MODEL / "tokens.json"]
    return hashlib.sha256("".join(f"{path.name} {_digest(path)}\n" for path in paths).encode()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
