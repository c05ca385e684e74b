"""Date readers measured on the same sentences."""
