"""How far a picture of a loss can be trusted, as numbers."""
