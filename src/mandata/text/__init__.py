"""From the bytes of a file to repaired lines; every character keeps its offsets in that file."""
