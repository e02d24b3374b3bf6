"""Pages for people, put together on the server."""
