"""United Nations document symbols: parsing, printing, finding in running text, conversion to local names and back.

Sources: https://research.un.org/en/docs/symbols, ST/LIB/SER.B/5/Rev.5, and for the numbers of resolutions
https://research.un.org/en/docs/ga/resolutions.
"""

from mandata.un.symbol.finding import SymbolMatch, find
from mandata.un.symbol.model import Symbol, SymbolError
from mandata.un.symbol.numbering import RESOLUTION_NUMBER, decision, resolution
from mandata.un.symbol.reading import from_local_name, is_normal, parse
from mandata.un.symbol.roman import arabic, roman

__all__ = [
    "RESOLUTION_NUMBER",
    "Symbol",
    "SymbolError",
    "SymbolMatch",
    "arabic",
    "decision",
    "find",
    "from_local_name",
    "is_normal",
    "parse",
    "resolution",
    "roman",
]
