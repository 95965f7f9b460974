"""From readings, identities and facts to statements."""
