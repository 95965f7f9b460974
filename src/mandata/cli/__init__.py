"""The commands, a module for each kind of work: arguments only; each calls one function and prints what it returns."""
