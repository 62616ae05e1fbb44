"""How things look: the scale from loss to height and colour, the palette, the writing of numbers."""
