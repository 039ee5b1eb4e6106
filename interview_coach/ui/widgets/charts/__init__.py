"""Pictures of numbers: painted with QPainter, reachable by keyboard, and the same on screen, paper and in a file."""
