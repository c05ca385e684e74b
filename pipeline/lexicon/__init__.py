"""The only reader of `pipeline/data`: loads, validates, compiles once, freezes.

A rule file is YAML 1.2 with these keys:

    about       one line: what the file finds
    published   the publication date that examples are read against (EDTF), where they need one
    atoms       named fragments of regular expressions, composed by `{name}` in atoms that follow and in patterns
    rules       a list of rules, see `Rule`

Regular expressions are matched against folded text (`text.fold_typography`), where all spaces are U+0020 and all
apostrophes U+0027. `{name}` inserts an atom; `{slot:name}` inserts it as the named group `slot`. Quantifiers (`{2,4}`)
stay what they are, as atom names do not start with a digit. An atom is an expression, a list of words, or the words of
`words/<name>.yaml`: `currency: {words: currencies, of: [names, symbols]}`. The files names_… also have the atoms of names.yaml.
"""

from pipeline.about import DATA
from pipeline.lexicon.folders import load_lexicon, load_words
from pipeline.lexicon.gazetteer import load_gazetteer
from pipeline.lexicon.model import Example, GazetteerEntry, Lexicon, Rule, RuleDocument, RuleFile
from pipeline.lexicon.parts import Part
from pipeline.lexicon.rules import load_rules

__all__ = [
    "DATA",
    "Example",
    "GazetteerEntry",
    "Lexicon",
    "Part",
    "Rule",
    "RuleDocument",
    "RuleFile",
    "load_gazetteer",
    "load_lexicon",
    "load_rules",
    "load_words",
]
