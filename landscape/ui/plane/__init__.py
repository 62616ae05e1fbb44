"""The Landscape page: a network's loss in a plane, and how far the picture can be trusted."""
