"""What ``import mandata`` offers: documents read, knowledge bases built and asked; loaded when it is used."""
