"""A WebHDFS service on this machine, for tests: a name node, which redirects to data nodes for what files hold, over a folder.

It answers as Apache's documentation says and Hadoop 2.7.3 did:
https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

PREFIX = "/webhdfs/v1"
AT_DATA_NODES = {"OPEN", "CREATE", "APPEND"}
REAL = os.environ.get("VEILLE_HDFS", "").split()
"""Addresses of real services on which the tests are to run as well (« hdfs://localhost:8020 webhdfs://me@localhost:9870 »)."""


class RefusedError(Exception):
    """What the service cannot do: status, exception of Java, message."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a service for the files in the folder: « webhdfs://veille@127.0.0.1:41235 »."""
    handler = type("Handler", (Service,), {"folder": folder, "turn": threading.Lock()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"webhdfs://veille@127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    turn: threading.Lock

    def do(self) -> None:
        url = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(url.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.folder / unquote(url.path).removeprefix(PREFIX).strip("/")
        if given["op"] in AT_DATA_NODES and "namenoderpcaddress" not in given:
            self.redirect(path, given)
            return
        try:
            with self.turn:
                content = getattr(self, given["op"].lower())(path, given, body)
        except RefusedError as refused:
            status, exception, message = refused.args
            told = {"exception": exception, "javaClassName": f"org.apache.hadoop.fs.{exception}", "message": message}
            self.answer(status, json.dumps({"RemoteException": told}).encode())
        else:
            self.answer(201 if given["op"] == "CREATE" else 200, content)

    do_GET = do_PUT = do_POST = do_DELETE = do  # noqa: N815 (the names of http.server)

    def redirect(self, path: Path, given: dict[str, str]) -> None:
        if given["op"] != "CREATE" and not path.is_file():
            told = {"exception": "FileNotFoundException", "message": f"File {self.name_of(path)} not found."}
            self.answer(404, json.dumps({"RemoteException": told}).encode())
            return
        host, port = self.server.server_address[:2]
        query = urlencode(given | {"namenoderpcaddress": "localhost:8020"})
        self.answer(307, b"", location=f"http://{host!s}:{port}{PREFIX}{quote(self.name_of(path))}?{query}")

    def answer(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass

    def name_of(self, path: Path) -> str:
        return "/" + path.relative_to(self.folder).as_posix().removeprefix(".")

    def there(self, path: Path) -> Path:
        if not path.exists():
            raise RefusedError(404, "FileNotFoundException", f"File does not exist: {self.name_of(path)}")
        return path

    def open(self, path: Path, given: dict[str, str], _: bytes) -> bytes:
        start = int(given.get("offset", 0))
        content = path.read_bytes()
        return content[start : start + int(given.get("length", len(content)))]

    def create(self, path: Path, given: dict[str, str], body: bytes) -> bytes:
        if path.exists() and given.get("overwrite") != "true":
            raise RefusedError(403, "FileAlreadyExistsException", f"{self.name_of(path)} already exists")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        return b""

    def append(self, path: Path, _: dict[str, str], body: bytes) -> bytes:
        with self.there(path).open("ab") as file:
            file.write(body)
        return b""

    def mkdirs(self, path: Path, *_: object) -> bytes:
        if any(parent.is_file() for parent in (path, *path.parents)):
            raise RefusedError(403, "FileAlreadyExistsException", f"Parent path is not a directory: {self.name_of(path)}")
        path.mkdir(parents=True, exist_ok=True)
        return self.truth(True)

    def rename(self, path: Path, given: dict[str, str], _: bytes) -> bytes:
        to = self.folder / given["destination"].strip("/")
        options = given.get("renameoptions", "")
        if not options:
            done = path.exists() and not to.exists()
            return self.truth(done and bool(path.rename(to)))
        self.there(path)
        if to.exists() and options != "OVERWRITE":
            raise RefusedError(403, "FileAlreadyExistsException", f"rename destination {self.name_of(to)} already exists")
        path.replace(to)
        return b""

    def delete(self, path: Path, given: dict[str, str], _: bytes) -> bytes:
        if path.is_file():
            path.unlink()
            return self.truth(True)
        if path.is_dir() and given.get("recursive") != "true":
            raise RefusedError(403, "PathIsNotEmptyDirectoryException", f"`{self.name_of(path)} is non empty'")
        return self.truth(False)

    def getfilestatus(self, path: Path, *_: object) -> bytes:
        return json.dumps({"FileStatus": self.status(path, "")}).encode()

    def liststatus(self, path: Path, *_: object) -> bytes:
        inside = sorted(self.there(path).iterdir()) if path.is_dir() else []
        found = [self.status(child, child.name) for child in inside] if path.is_dir() else [self.status(path, "")]
        return json.dumps({"FileStatuses": {"FileStatus": found}}).encode()

    def status(self, path: Path, suffix: str) -> dict[str, Any]:
        told = self.there(path).stat()
        kind, length = ("FILE", told.st_size) if path.is_file() else ("DIRECTORY", 0)
        return {"pathSuffix": suffix, "type": kind, "length": length, "modificationTime": int(told.st_mtime * 1000)}

    def truth(self, value: bool) -> bytes:
        return json.dumps({"boolean": value}).encode()
