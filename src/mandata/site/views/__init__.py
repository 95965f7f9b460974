"""What each kind of page shows, as plain values: the templates write them out, here and behind a server."""
