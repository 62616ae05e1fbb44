"""What every layer leans on: shape types, trees of arrays, the one door for parameters, devices, files."""
