"""Imported by the process that workers are forked from (see `forking`): the code, and rules and model where it is told which.

An interrupt ends it without a word while it loads. Its workers hear of none: it is the run that ends them.
"""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

import gc  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
from contextlib import suppress  # noqa: E402

from pipeline.engine.cluster import quiet_distributed, tools_of  # noqa: E402
from pipeline.engine.forking import LOAD  # noqa: E402
from pipeline.errors import VeilleError  # noqa: E402

quiet_distributed()
with suppress(VeilleError):  # the run reads the same rules, and says what is wrong with them
    tools_of(*json.loads(os.environ[LOAD]))
gc.freeze()
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
