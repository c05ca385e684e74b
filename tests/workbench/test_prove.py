"""The built-in rules hold, and a rule that does not is told with what its sentence gives instead."""

from __future__ import annotations

from pathlib import Path

from pipeline.lexicon import load_lexicon
from pipeline.workbench.check import read_folder
from pipeline.workbench.prove import prove_folder

LEXICON = load_lexicon()


def test_all_built_in_rules_hold() -> None:
    proved = prove_folder(read_folder(None, LEXICON))
    assert proved.failures == ()
    assert proved.rules == sum(len(file.rules) for file in LEXICON.rules.values())


def test_a_failure_names_place_rule_and_sentence(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "dates.yaml"
    path.parent.mkdir()
    path.write_text(
        "rules:\n  - id: date-fair\n    finds: date\n    phrases: [à la Foire]\n    assigns: {value: '2024-06'}\n"
        '    examples: ["Elle parle [à la Foire](2024-07)."]\n    refusals: ["Elle va à la Foire."]\n',
        encoding="utf-8",
    )
    assert [str(failure) for failure in prove_folder(read_folder(tmp_path, LEXICON)).failures] == [
        f"{path}:2:5: rule 'date-fair': 'Elle parle [à la Foire](2024-07).' gives [à la Foire](2024-06) by date-fair",
        f"{path}:2:5: rule 'date-fair': 'Elle va à la Foire.' gives [à la Foire](2024-06) by date-fair, it should give nothing",
    ]
