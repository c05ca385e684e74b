"""Where rules are made: checked, proved, tried on a corpus, explained and counted."""
