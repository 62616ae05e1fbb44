"""Charts of numbers: lines, small multiples, zones, tables and maps."""
