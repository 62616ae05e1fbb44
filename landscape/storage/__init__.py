"""Results on disk, and a recorder of one's own training loop."""
