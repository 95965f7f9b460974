"""The knowledge base on disk: an embedded store, whole files, a folder that takes another's place."""
