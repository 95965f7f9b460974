"""The commands, one module for each kind of work: each parses arguments, calls one function and prints its result."""
