"""What the lessons of Batches compute."""
