"""Competency questions, SPARQL queries and search, answered by a store on disk or by a remote endpoint."""
