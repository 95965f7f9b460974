"""A reading as bytes, and back: what the first pass leaves, so that the second need not read the text again.

The bytes are a compressed pickle that names nothing but values: the dataclasses of this package and days. Any other
name in it is refused, so that a folder from elsewhere runs nothing when it is gone on with.
"""

from __future__ import annotations

import pickle
import sys
import zlib
from dataclasses import is_dataclass
from datetime import date
from io import BytesIO
from typing import Any, Final

from mandata.reading import Reading

_FAST: Final = 1
"""The level of compression: a quarter of the size for a hundredth of the time that reading takes."""


def pack(reading: Reading) -> bytes:
    """Return a reading as bytes, the same for equal readings of one process."""
    return zlib.compress(pickle.dumps(reading, protocol=5), _FAST)


def unpack(packed: bytes) -> Reading:
    """Return the reading that ``pack`` made these bytes of.

    Raises:
        pickle.UnpicklingError: the bytes name something else than values, or hold no reading.
        zlib.error: they are not whole.
    """
    reading = _ValueUnpickler(BytesIO(zlib.decompress(packed))).load()
    if not isinstance(reading, Reading):
        message = f"holds a {type(reading).__name__}, no reading"
        raise pickle.UnpicklingError(message)
    return reading


class _ValueUnpickler(pickle.Unpickler):
    """An unpickler that makes values of this package and days, and nothing else.

    Source: https://docs.python.org/3/library/pickle.html#restricting-globals
    """

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Return the class of a value that the bytes name; raises UnpicklingError for any other name.

        No module is imported for it: the classes of a reading are loaded with ``mandata.reading``.
        """
        if (module_name, global_name) == ("datetime", "date"):
            return date
        module = sys.modules.get(module_name) if module_name.startswith("mandata.") else None
        found = getattr(module, global_name, None)
        if isinstance(found, type) and is_dataclass(found) and found.__module__ == module_name:
            return found
        message = f"{module_name}.{global_name} is no value of a reading"
        raise pickle.UnpicklingError(message)
