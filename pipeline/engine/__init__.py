"""Where the stages run: articles in batches here or on workers, and what only all articles together can say in DuckDB."""
