"""What ``import mandata`` offers: read documents, build knowledge bases and query them; loaded when it is used."""
