"""The part of a lexicon that a stage reads, and a fingerprint of what that says.

What lies outside a stage's part cannot be read by it, so that nothing outside can change what comes of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from pipeline.lexicon.model import Lexicon, RuleFile

_PROOF = {"examples", "refusals", "note", "since"}
"""What a rule says for those who read it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The themes, word lists and gazetteer that a stage reads."""

    rules: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    gazetteer: bool = False

    def of(self, lexicon: Lexicon) -> Lexicon:
        """The lexicon with this part alone."""
        return replace(
            lexicon,
            rules=MappingProxyType({theme: lexicon.rules[theme] for theme in self.rules}),
            words=MappingProxyType({name: lexicon.words[name] for name in self.words}),
            gazetteer=lexicon.gazetteer if self.gazetteer else (),
        )

    def fingerprint(self, lexicon: Lexicon) -> str:
        """What the part says, in 16 hexadecimal digits. Examples, refusals, notes and comments do not count."""
        own, digest = self.of(lexicon), hashlib.sha256()
        for said in (*_rules(own.rules), *_words(own.words), lexicon.gazetteer_digest if self.gazetteer else ""):
            digest.update(said.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()[:16]


def _rules(files: Mapping[str, RuleFile]) -> Iterator[str]:
    for theme, file in files.items():
        yield f"{theme} {sorted(file.atoms.items())}"
        for rule in file.rules:
            yield f"{rule.model_dump_json(exclude=_PROOF)} {file.pattern(rule) if rule.tokens else ''}"


def _words(lists: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, words in lists.items():
        yield f"{name} {json.dumps(dict(words), ensure_ascii=False, default=str)}"
