"""Figures of a race: named runs and their curves."""
