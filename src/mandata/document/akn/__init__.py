"""Documents marked up in Akoma Ntoso for the United Nations (AKN4UN)."""
