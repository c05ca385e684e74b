"""Values → Parquet: the schemas, the rows, the atomic write and the way to read back."""
