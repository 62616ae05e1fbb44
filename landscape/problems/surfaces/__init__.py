"""Loss surfaces of one or two parameters, a class each, and their registry."""
