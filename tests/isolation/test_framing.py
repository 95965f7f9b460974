"""Frames arrive whole, in their order, however the bytes are cut on their way."""

from __future__ import annotations

import socket

import pytest

from mandata.isolation.framing import FrameDecoder, frame, read_frames

SENT = [(b"A", b""), (b"B", b"x"), (b"A", bytes(1_000)), (b"C", "déjà".encode())]
BYTES = b"".join(frame(kind, payload) for kind, payload in SENT)


@pytest.mark.parametrize("size", [1, 2, 5, 6, 999, len(BYTES)])
def test_frames_arrive_whole_however_they_are_cut(size: int) -> None:
    decoder = FrameDecoder()
    pieces = [BYTES[at : at + size] for at in range(0, len(BYTES), size)]
    assert [one for piece in pieces for one in decoder.decode(piece)] == SENT


def test_frames_are_read_until_the_other_side_closes_and_half_a_frame_is_none() -> None:
    ours, its = socket.socketpair()
    with ours, its:
        its.sendall(BYTES + frame(b"D", b"cut")[:-1])
        its.close()
        assert list(read_frames(ours)) == SENT


def test_frames_that_do_not_come_in_time_are_not_waited_for() -> None:
    ours, its = socket.socketpair()
    with ours, its:
        its.sendall(BYTES)
        frames = read_frames(ours, 0.2)
        assert [next(frames) for _ in SENT] == SENT
        with pytest.raises(TimeoutError):
            next(frames)
