"""HTML pages as text whose every character keeps its offsets."""
