"""How the server asks its store."""
