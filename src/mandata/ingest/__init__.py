"""Many texts: each read alone, in any process or on any machine; then those that need to know of each other, together.

What is kept in memory of a text is a few hundred characters; the rest lies in a folder, and an interrupted run goes on.
"""
