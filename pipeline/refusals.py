"""How the system says no to who reads and writes files: numbers of `errno` by what they mean to a user."""

from __future__ import annotations

import errno

FULL: frozenset[int | None] = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""The disk is full, or the file as long as it may be."""
CLOSED: frozenset[int | None] = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
"""The place is not this user's to read or write."""
ASTRAY: frozenset[int | None] = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOTDIR})
"""A file stands where a folder should, or a folder where a file should."""
