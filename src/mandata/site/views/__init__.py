"""The views: the values that each kind of page shows, which the templates render, statically and on the server."""
