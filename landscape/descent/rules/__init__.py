"""The update rules, a class each, and their registry."""
