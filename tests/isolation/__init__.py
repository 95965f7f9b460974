"""Work in a process that can be ended."""
