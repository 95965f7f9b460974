"""What a document says of mandates: functions, acts, who is asked, what is proclaimed, placed on an agenda, closed."""
