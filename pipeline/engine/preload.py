"""Imported by the process that workers are forked from (see `forking`): the code, and rules and model where it is told which."""

from __future__ import annotations

import gc
import json
import os
from contextlib import suppress

import distributed  # noqa: F401

from pipeline.engine.cluster import tools_of
from pipeline.engine.forking import LOAD
from pipeline.errors import VeilleError

with suppress(VeilleError):  # the run reads the same rules, and says what is wrong with them
    tools_of(*json.loads(os.environ[LOAD]))
gc.freeze()
