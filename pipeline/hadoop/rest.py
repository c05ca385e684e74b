"""HDFS over HTTP (`webhdfs://`)."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
from fsspec.implementations import webhdfs

PATIENCE = 60
"""Seconds in which a server must begin to answer, as Hadoop's own client has it."""
_ERRORS: dict[str, type[OSError]] = {
    "AccessControlException": PermissionError,
    "FileAlreadyExistsException": FileExistsError,
    "FileNotFoundException": FileNotFoundError,
    "SecurityException": PermissionError,
}
"""What the exceptions of Hadoop are here."""


class WebHdfs(webhdfs.WebHDFS):  # type: ignore[misc] # fsspec has no types
    """The files behind WebHDFS. fsspec's own driver takes the error of a data node for the words of a file, says nothing of a
    rename that was not done, and waits without end.

    https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html
    """

    root_marker = "/"

    def unstrip_protocol(self, name: str) -> str:
        """The address of a path, with its host."""
        return f"webhdfs://{urlsplit(self.url).netloc}{self._strip_protocol(name)}"

    def mv(self, path1: str, path2: str, *, overwrite: bool = False, **_: Any) -> None:
        """Give the file that name in one step, in the place of another where `overwrite`. Raises FileExistsError otherwise."""
        options = "OVERWRITE" if overwrite else "NONE"
        done = self._call("RENAME", "put", path1, destination=self._strip_protocol(path2), renameoptions=options)
        if done.content and not done.json()["boolean"]:  # a gateway (HttpFS) that knows no options
            raise FileExistsError(f"{path1} was not renamed to {path2}: a gateway may be unable to, the name node is not")

    def _connect(self) -> None:
        super()._connect()
        self.session.request = partial(self.session.request, timeout=PATIENCE)
        self.session.hooks["response"].append(refuse_errors)


def refuse_errors(answer: requests.Response, *_: object, **__: object) -> None:
    """Raise OSError, or the kind of it that is meant, for what the server could not do."""
    if answer.ok:
        return
    try:
        told = answer.json()["RemoteException"]
    except (ValueError, KeyError):
        answer.raise_for_status()
    else:
        raise _ERRORS.get(told["exception"], OSError)(told["message"].partition("\n")[0])
