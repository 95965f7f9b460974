"""How long the converter takes and how much memory it needs, and how both grow."""
