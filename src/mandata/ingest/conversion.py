"""Documents converted without a knowledge base: to one stream, or into a folder of shards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mandata.ingest import output
from mandata.ingest.batch import Batch
from mandata.ingest.files import contents
from mandata.ingest.folder import Folder
from mandata.ingest.passes import Count, no_count, run
from mandata.ingest.workers import workers
from mandata.isolation.pool import Workers
from mandata.isolation.task_limits import DEFAULT, TaskLimits


def convert(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path],
    form: str,
    jobs: int = 1,
    on: str = "",
    count: Count = no_count,
    limits: TaskLimits = DEFAULT,
) -> Iterator[str]:
    """Yield what stands in some texts: ``json``, ``jsonl``, ``turtle``, ``trig`` or ``nquads``, in their order.

    Raises:
        MandataError: a path is missing, or none of the files can be read.
    """
    with _conversion(paths, output.SHARD_FORM[form], workers(jobs, on, limits), count) as batch:
        yield from output.stream(batch, form)


def convert_into(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path],
    form: str,
    out: Path,
    jobs: int = 1,
    on: str = "",
    count: Count = no_count,
    limits: TaskLimits = DEFAULT,
) -> Batch:
    """Write what stands in some texts into a folder, a shard for each document; goes on where a run was cut short.

    Raises:
        MandataError: as ``convert``; the folder holds other things or cannot be written.
    """
    batch = run(contents(paths), form, Folder(out, form), workers(jobs, on, limits), count)
    batch.folder.put_report(output.report(batch))
    return batch


@contextmanager
def _conversion(paths: Sequence[Path], form: str, by: Workers, count: Count) -> Iterator[Batch]:
    found = contents(paths)
    with TemporaryDirectory(prefix="mandata-", ignore_cleanup_errors=True) as folder:
        yield run(found, form, Folder(Path(folder), form, durable=False), by, count)


def records(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the record of each text, in the order given."""
    return [json.loads(line) for line in convert(paths, "jsonl")]
