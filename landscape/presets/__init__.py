"""Races, trainings and comparisons of one click, each built to show one thing."""
