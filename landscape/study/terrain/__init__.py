"""What the lessons of Terrain compute."""
