"""Names of States, organisations, places, people, events, instruments and topics, found in a document."""
