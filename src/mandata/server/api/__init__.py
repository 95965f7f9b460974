"""The JSON API for programs without SPARQL, described by ``openapi.yaml``, which the server reads."""
