"""OWL 2 as its specification has it: an RDF graph read into axioms, and the axioms held against the profiles DL and RL.

No package of the Python index does so, and a bare machine has no Java to run what does.
"""
