"""A run without the names of persons: each person goes by a placeholder that is the same in every table and text.

The placeholder is made of the person's id and a key (HMAC-SHA-256): who has no key cannot tell whether a guessed name is right,
and who keeps the key gets the same placeholders in every run. Without a key of one's own it is made of the articles, so that the
same articles give the same bytes. Offsets refer to the redacted text; `source_start` and `source_end` to the text as it came in,
as before.

Names inside names of other kinds stay (« loi Avia », « Fondation Abbé-Pierre »): they name a law, an organisation. A person whom
the run did not find as one cannot be taken out; known names are looked for again wherever the run missed them.
"""

from pipeline.redact.folder import redact, run_redacted
from pipeline.redact.people import People, Placeholders

__all__ = ["People", "Placeholders", "redact", "run_redacted"]
