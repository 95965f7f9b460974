"""Descriptions of a release by VoID, DCAT, PROV, DQV, RO-Crate and schema.org; each number is counted from the data."""
