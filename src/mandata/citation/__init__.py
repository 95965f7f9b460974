"""The citations of a document: which documents it cites, where, how, and with what intent."""
