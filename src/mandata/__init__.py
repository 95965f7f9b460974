"""mandata: United Nations mandates as linked data."""

__version__ = "0.1.0"
