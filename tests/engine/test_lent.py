"""What questions are lent of the rules: the run's own, and on a worker what it loads itself."""

from __future__ import annotations

import pickle

import pytest

from pipeline.deduplicate.index import Guide
from pipeline.engine.lent import Lent
from pipeline.engine.stages import Stages
from pipeline.errors import UsageError
from pipeline.settings import Settings
from tests.built import built_in_lexicon

LEXICON = built_in_lexicon()


def test_a_run_lends_its_own_rules() -> None:
    guide = Guide.load(LEXICON)
    assert Lent("any", Settings(), here=guide).guide is guide


def test_a_worker_uses_the_rules_that_it_has_loaded() -> None:
    lent = Lent(Stages.of(LEXICON, Settings()).all, Settings(), here=Guide.load(LEXICON))
    sent = pickle.dumps(lent)
    assert len(sent) < 5_000
    assert pickle.loads(sent).guide == lent.guide


def test_a_worker_with_other_rules_refuses() -> None:
    lent = pickle.loads(pickle.dumps(Lent("other", Settings())))
    with pytest.raises(UsageError, match="a worker has other rules, another model, or another version of veille"):
        lent.guide  # noqa: B018 — asked for
