"""HDFS: the drivers by which fsspec opens `webhdfs://` and, without Java, `hdfs://`."""

from __future__ import annotations


def make_ready(protocol: str) -> None:
    """Have fsspec open addresses of that protocol by the driver that is here. Raises ImportError where that is missing."""
    import fsspec
    from upath.registry import register_implementation

    if protocol == "webhdfs":
        from pipeline.hadoop.rest import WebHdfs

        fsspec.register_implementation(protocol, WebHdfs, clobber=True)
        register_implementation(protocol, "upath.implementations.hdfs.HDFSPath", clobber=True)
    else:
        from pipeline.hadoop.native import Hdfs

        fsspec.register_implementation(protocol, Hdfs, clobber=True)
