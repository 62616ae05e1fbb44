"""The optimizers of a page: a card for each, and what can be done with them."""
