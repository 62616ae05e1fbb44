"""Figures of trainings: loss and accuracy, and what goes on inside the layers."""
