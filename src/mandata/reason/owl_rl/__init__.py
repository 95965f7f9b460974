"""OWL 2 RL as W3C gives it: the table of rules, their compilation against an ontology, the datatypes."""
