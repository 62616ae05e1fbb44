"""From any callable to a program that is compiled once: what it captures becomes its arguments."""
