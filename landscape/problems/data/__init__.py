"""Data sets by name, and how they are divided and scaled."""
