"""Which plane to look at, which leaves it moves, and how long its directions are."""
