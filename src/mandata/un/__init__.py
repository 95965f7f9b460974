"""What the United Nations fixes: document symbols, organs and States, documents known by record."""
