"""What the lessons of Step size compute."""
