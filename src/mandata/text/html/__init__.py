"""Pages of HTML as text whose every character knows its place."""
