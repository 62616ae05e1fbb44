"""Studies: many runs that answer one question, for lessons and for notebooks."""
