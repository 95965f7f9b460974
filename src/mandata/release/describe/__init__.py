"""What a release says of itself, each number counted from what it holds: VoID, DCAT, PROV, DQV, RO-Crate."""
