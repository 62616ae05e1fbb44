"""Figures of planes through a network's loss: cuts, shadows, pictures beside one another."""
