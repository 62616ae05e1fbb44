"""What the lessons of Sharpness compute."""
