"""JSON for programs that know no SPARQL: ``openapi.yaml`` says what is offered, and the server reads it from there."""
