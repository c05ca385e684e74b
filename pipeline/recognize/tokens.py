"""The words that the network reads: spaCy's tokenizer with the word bounds of French.

spaCy's own French does nearly the same, but compiling its expressions takes a second and a half of every start, because each
of two hundred first parts of compounds (« sous-traitant », « Saint-Denis ») brings its own list of the world's letters. Here
one expression names them all. What is French stands in `data/model/tokens.json`, after spaCy's (MIT, Explosion).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

LETTER, APOSTROPHE, HYPHEN = r"[^\W\d_]", "['’]", "[-–—‐‑]"


def load_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer that `path` describes, with an empty vocabulary.

    « L'ex-Twitter d'Île-de-France va-t-il → » is « L' », « ex- », « Twitter », « d' », « Île-de-France », « va », « -t »,
    « -il », « → ».
    """
    from spacy.lang import punctuation
    from spacy.language import BaseDefaults
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import create_vocab

    bounds = json.loads(path.read_text(encoding="utf-8"))
    detached = rf"(?:{'|'.join(f'[{part[0]}{part[0].upper()}]{re.escape(part[1:])}' for part in bounds['detached'])})(?=[A-ZÀ-Þ])"
    elided = rf"(?:{_any(bounds['elided'])}){APOSTROPHE}(?={LETTER})"
    enclitic = rf"(?<={LETTER}){HYPHEN}(?:{_any(bounds['enclitics'])})"
    signs = [re.escape(sign) for sign in bounds["signs"]]
    abbreviations = {word: [{"ORTH": word}] for word in bounds["abbreviations"]}
    return Tokenizer(
        create_vocab("fr", BaseDefaults),
        {**BaseDefaults.tokenizer_exceptions, **abbreviations},
        compile_prefix_regex([*punctuation.TOKENIZER_PREFIXES, elided, detached, *signs]).search,
        compile_suffix_regex([*punctuation.TOKENIZER_SUFFIXES, enclitic]).search,
        compile_infix_regex([*punctuation.TOKENIZER_INFIXES, rf"(?<={LETTER}{APOSTROPHE})(?={LETTER})"]).finditer,
        token_match=re.compile(rf"(?!{detached})(?i:{_compound(bounds)})").match,
        url_match=BaseDefaults.url_match,
    )


def _compound(bounds: Mapping[str, Any]) -> str:
    """What stays one word though it has a hyphen or apostrophe: « sous-traitant », « saut-de-mouton », « entr'ouvert »."""
    rest = rf"{LETTER}(?:{LETTER}|{HYPHEN}|{APOSTROPHE})*$"
    middle = rf"{HYPHEN}(?:{'|'.join(bounds['middles'])}){HYPHEN}(?:l{APOSTROPHE})?"
    first = rf"(?:{'|'.join(bounds['first_parts'])}){HYPHEN}|(?:{'|'.join(bounds['elided_first_parts'])}){APOSTROPHE}"
    return rf"(?:{first}){rest}|{LETTER}+{middle}{LETTER}+$|(?:{'|'.join(bounds['whole'])})$"


def _any(words: list[str]) -> str:
    """An expression for each of the words, small or in capitals."""
    return "|".join(f"{word}|{word.upper()}" for word in words)
