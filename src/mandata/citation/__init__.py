"""Which documents a document cites, where, how, and with what intent."""
