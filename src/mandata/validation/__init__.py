"""SHACL validation: by SPARQL queries compiled from the shapes, and by pySHACL, against which these are tested."""
