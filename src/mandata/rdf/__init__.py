"""RDF as it is written and named: namespaces, local names, terms, Turtle, N-Quads, the canonical form."""
