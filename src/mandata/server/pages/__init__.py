"""The pages of the server: every IRI leads to one, made when it is asked for, from the store as it stands."""
