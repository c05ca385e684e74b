"""`python -m pipeline` is `veille`."""

from pipeline.cli import app

app()
