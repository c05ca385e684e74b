"""How the shipped network is made: texts with names marked, invented or read from open corpora, and the fit itself.

Nothing here is needed to find names; `pipeline.train` is the door.
"""
