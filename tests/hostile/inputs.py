"""What fuzzers are fed: French torn to pieces and put together again, and sound files with bytes changed."""

from __future__ import annotations

import csv
import faulthandler
import functools
import gzip
import io
import json
import os
import signal
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("FUZZ", "12"))
"""Inputs a test: a few seconds in all by default; `make fuzz` sets more."""

FUZZ = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
PATIENCE = float(os.environ.get("FUZZ_PATIENCE", "60"))
"""Seconds after which an input has hung the code; a thousand times what most of them take, as the machine may be busy."""
TRIED: Counter[str] = Counter()
"""How many inputs were tried, by what they were fed to."""

WORDS = (
    *("Le Sénat", "la Cnil", "Mesclun", "OpenAI", "Yvon Abgrall", "Mme Kerval", "J.-P. Le Goff", "l'État", "d'Ouessant", "X"),
    *("a levé", "rachète", "a déclaré", "dit-il", "n'a pas", "pourrait", "selon", "auprès de", "en 2021, puis", "depuis"),
    *("12", "1 500", "1,5", "3.14", "0", "1e9", "1/2", "99999999999999999999999", "½", "²", "-3", "millions", "milliard", "M€"),
    *("%", "$", "€", "euros", "entre", "et", "à", "de", "plus de", "vingt-deux", "cent", "mille", "quelques", "pour cent", "k"),
    *("12 mars 2024", "30 février", "31/12/1999", "2024-13-45", "lundi", "mars", "hier", "il y a 3 ans", "fin 2025", "du 3 au 5"),
    *("l'an 99999", "00/00/0000", "d'ici", "T3", "au XXIe siècle", "dans 999999999 jours", "P7M", "avant-hier", "24 h"),
    *("«", "»", "“", "”", '"', "(", ")", "[", "]", "–", "-", ":", ";", ",", ".", "…", "?", "!", "\n", "\n\n", "\t", "\u00a0"),
    *("PDG", "présidente", "ministre de l'Économie", "ancien", "start-up", "loi SREN", "amende", "plainte", "partenariat"),
    *("Ã©", "â€™", "&eacute;", "<b>", "</p>", "<!--", "**", "](http://a.b)", "#", "---", "\u200b", "\ufeff", "\u202e", "e\u0301"),
    *("Publié le 12/03/2024", "Par Jo Lan", "Partager sur Facebook", "À lire aussi :", "Contact presse :", "(crédit : Jo)"),
    *("\x00", "\ufffd", "\U0001f600", "\U0010ffff", "ﬁ", "ǅ", "İ", "ß", "٣", "१२", "Ⅳ", "①"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=40).flatmap(
    lambda words: st.sampled_from([" ", "", "\n"]).map(lambda between: between.join(words))
)
DAYS = st.sampled_from([None, "2024-02-29", "2024-02", "2024", "1980-01-01", "2026-12-31"])


def _table() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"id": ["a"], "text": ["Le Sénat a voté."], "authors": [["Jo Lan"]]}), buffer)
    return buffer.getvalue()


def _csv() -> bytes:
    rows = io.StringIO()
    csv.writer(rows, delimiter=";").writerows([["id", "texte", "date"], ["a", 'Le "Sénat"\na voté', "12/03/2024"]])
    return rows.getvalue().encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


_ROW = json.dumps({"id": "a", "text": "Le Sénat a voté.", "published": "2024-03-12", "authors": ["Jo Lan"]}).encode()
_BODY = b"<h1>Un vote</h1><p>Le S&eacute;nat a vot\xc3\xa9.</p>"
_PAGE = b'<html lang="fr"><head><title>Un vote</title></head><body>' + _BODY + b"</body></html>"
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"WARC-Date: 2024-03-12T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 195\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + _PAGE + b"\r\n\r\n\r\n"
)
SOUND: Mapping[str, bytes] = {
    "a.txt": "Le Sénat a voté « oui » à 12 h.".encode(),
    "a.md": b"---\ntitle: Un vote\ndate: 2024-03-12\nauthor: [Jo Lan]\n---\n# Un vote\n\nLe **S\xc3\xa9nat** [vote](http://a.b).",
    "b.md": b'+++\ntitle = "Un vote"\ndate = 2024-03-12\n+++\nLe S\xc3\xa9nat vote.',
    "c.md": b'{\n"title": "Un vote"\n}\n\nLe S\xc3\xa9nat vote.',
    "a.html": _PAGE,
    "a.jsonl": _ROW + b"\n" + _ROW.replace(b'"a"', b'"b"'),
    "a.csv": _csv(),
    "a.parquet": _table(),
    "a.rss": b'<rss version="2.0"><channel><title>R</title><item><guid>g</guid><pubDate>Wed, 20 Mar 2024 09:00:00 +0100</pubDate>'
    b"<description>&lt;p&gt;Le S&#233;nat&lt;/p&gt;</description></item></channel></rss>",
    "a.warc": _WARC,
    "a.wacz": _zip({"archive/a.warc": _WARC}),
    "a.zip": _zip({"b.txt": b"Le vote", "c.jsonl": _ROW}),
    "a.jsonl.gz": gzip.compress(_ROW, mtime=0),
}
PATCHES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 12), st.binary(max_size=8)), max_size=6)


def damaged(content: bytes, patches: list[tuple[int, int, bytes]]) -> bytes:
    """The content with each patch put over so many bytes at its place, counted round."""
    for place, length, patch in patches:
        at = place % (len(content) + 1)
        content = content[:at] + patch + content[at + length :]
    return content


def fuzzed(*, examples: int = EXAMPLES, patience: float = PATIENCE) -> Callable[[Any], Any]:
    """What makes a test of `given` try so many inputs, each of which must be done with in `patience` seconds."""

    def decorate(test: Any) -> Any:
        inner = test.hypothesis.inner_test

        @functools.wraps(inner)
        def bounded(*arguments: object, **named: object) -> None:
            with no_longer_than(patience):
                inner(*arguments, **named)

        test.hypothesis.inner_test = bounded
        return settings(FUZZ, max_examples=examples)(test)

    return decorate


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """TimeoutError where the block lasts longer; where it hangs in C, which no signal ends, the process ends and says where."""

    def end(*_: object) -> None:
        raise TimeoutError(f"not done after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    faulthandler.dump_traceback_later(3 * seconds, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
        signal.signal(signal.SIGALRM, before)
