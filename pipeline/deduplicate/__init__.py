"""Documents → copies; names → entities and links: candidates, evidence with reasons, clusters, ids."""
