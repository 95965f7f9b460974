"""Documents that nobody ever adopted, made of nothing but a seed: for tests that need many, or long ones."""

from .documents import Block, Invented, letter, resolution
from .pages import Style, render

__all__ = ["Block", "Invented", "Style", "letter", "render", "resolution"]
