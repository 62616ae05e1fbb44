"""A surface from above and in three dimensions, with paths, arrows and points on it."""
