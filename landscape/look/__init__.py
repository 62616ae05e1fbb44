"""How things look: the scale from loss to height and colour, the palette, the writing of numbers.

Python draws thumbnails and charts, the browser draws the stage; both must map a loss to the same colour, so
what they share stands here once.
"""
