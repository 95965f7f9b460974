"""A reader in another process stays ready for the next file, whatever the last one did to it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from invented.papers import Page, Run, as_pdf, word_file
from mandata.errors import MandataError
from mandata.isolation import call
from mandata.isolation.limits import OutOfTimeError
from mandata.text import isolated_reader

READER = "mandata.text.docx.reader"
GOOD = word_file("<w:p><w:r><w:t>Paix</w:t></w:r></w:p>")
BOMB = word_file("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)


def drawn(data: bytes = GOOD) -> str:
    return isolated_reader.extract(READER, data, "a.docx").text


def process() -> int:
    server = call._CLIENTS[os.getpid(), READER]._process
    assert server
    return server.pid


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No reader from a test before; none is left."""
    call.close()
    yield
    call.close()


def test_one_process_reads_many_files() -> None:
    assert drawn() == "Paix\n\n"
    first = process()
    assert [drawn() for _ in range(5)] == ["Paix\n\n"] * 5
    assert process() == first


def test_a_file_that_is_refused_leaves_the_reader_ready() -> None:
    assert drawn() == "Paix\n\n"
    first = process()
    for bad in (BOMB, GOOD[:100], b"PK\x03\x04"):
        with pytest.raises(MandataError, match=r"bomb|damaged-file"):
            drawn(bad)
        assert drawn() == "Paix\n\n"
    assert process() == first


def test_a_reader_that_was_killed_is_started_again() -> None:
    assert drawn() == "Paix\n\n"
    first = process()
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert drawn() == "Paix\n\n"
    assert process() != first


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the wall clock, as where the system keeps no limits."""
    assert drawn() == "Paix\n\n"
    os.kill(process(), signal.SIGSTOP)
    monkeypatch.setattr(isolated_reader, "_WALL", 0.3)
    with pytest.raises(MandataError, match="too-costly"):
        drawn()
    monkeypatch.undo()
    assert drawn() == "Paix\n\n"


def test_what_is_interrupted_leaves_no_answer_for_the_next_file() -> None:
    """As where the time that a text may take is over while it is drawn."""

    def ring(*_: object) -> None:
        raise OutOfTimeError

    assert drawn() == "Paix\n\n"
    os.kill(process(), signal.SIGSTOP)
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(OutOfTimeError):
            drawn(word_file("<w:p><w:r><w:t>Guerre</w:t></w:r></w:p>"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert drawn() == "Paix\n\n"


def test_a_fork_of_this_process_has_a_reader_of_its_own() -> None:
    """Else two would read the answers of one."""
    assert drawn() == "Paix\n\n"
    receiving, sending = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_tell, args=(sending,))
    child.start()
    text, other = receiving.recv()
    child.join()
    assert (text, drawn()) == ("Paix\n\n", "Paix\n\n")
    assert other != process()


def _tell(sending: Connection) -> None:
    sending.send((drawn(), process()))
    call.close()


def test_threads_take_turns() -> None:
    texts: list[str] = []
    files = [word_file(f"<w:p><w:r><w:t>Paix {n}</w:t></w:r></w:p>") for n in range(12)]
    threads = [threading.Thread(target=lambda data=data: texts.append(drawn(data))) for data in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == sorted(f"Paix {n}\n\n" for n in range(12))


def test_nothing_is_left_when_readers_are_let_go() -> None:
    drawn()
    isolated_reader.extract("mandata.text.pdf.reader", as_pdf(Page([[Run("Paix")]])), "a.pdf")
    started = [client._process for client in call._CLIENTS.values()]
    assert len(started) == 2
    call.close()
    assert [one and one.returncode for one in started] == [0, 0]
    assert not call._CLIENTS
