"""Small networks: activations, initializers, layers with normalization and dropout, losses."""
