"""A proof written out: as text, JSON, PROV-O or a drawing."""
