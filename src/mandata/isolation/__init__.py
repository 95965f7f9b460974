"""Work in a process that can be ended: its limits, the frames it sends, the process it is forked from."""
