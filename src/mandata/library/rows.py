"""The rows of an answer, as a sequence of named tuples and as a pandas table."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from mandata.errors import MandataError

if TYPE_CHECKING:
    from pandas import DataFrame


class Rows(Sequence[Any]):
    """The rows of an answer: named tuples, one field for each of ``columns``.

    A column whose name Python cannot use as a field, such as ``class``, is named by its position: ``_0``.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
        self.columns = tuple(columns)
        row = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]
        self._rows = [row(*cells) for cells in rows]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns)}>"

    def to_pandas(self) -> DataFrame:
        """Return the rows as a pandas ``DataFrame``.

        Raises:
            MandataError: pandas is not installed.
        """
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise MandataError("extra", "pandas is not installed", "", "pip install pandas") from error
        return DataFrame([tuple(row) for row in self._rows], columns=list(self.columns))
