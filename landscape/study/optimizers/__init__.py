"""What the lessons of Optimizers compute."""
