"""The word vectors, read where they lie."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import srsly

from pipeline.recognize.vectors import WordVectors


def test_a_known_word_has_its_vector_and_an_unknown_one_zeros(tmp_path: Path) -> None:
    (tmp_path / "key2row").write_bytes(srsly.msgpack_dumps({2**64 - 1: 0, 7: 1, 30: 0}))
    with (tmp_path / "vectors").open("wb") as file:
        np.save(file, np.array([[1.0, 2.0], [3.0, 4.0]], dtype=np.float32))
    vectors = WordVectors(tmp_path)
    assert vectors.shape == (2, 2)
    found = vectors.get_batch(np.array([7, 8, 2**64 - 1, 30], dtype=np.uint64))
    assert found.tolist() == [[3.0, 4.0], [0.0, 0.0], [1.0, 2.0], [1.0, 2.0]]
