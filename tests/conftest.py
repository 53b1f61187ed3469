"""What tests of every room may ask for."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

VERSION_3 = 0x20080522
OVERRIDES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


settings.register_profile("patient", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("patient")


@pytest.fixture
def no_special_rights() -> Iterator[None]:
    """The rights of files and folders bind this thread, also when it belongs to root."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head, data = (ctypes.c_uint32 * 2)(VERSION_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(head, data) == 0, os.strerror(ctypes.get_errno())
    held = data[0]
    data[0] = held & ~OVERRIDES
    assert libc.capset(head, data) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        data[0] = held
        assert libc.capset(head, data) == 0, os.strerror(ctypes.get_errno())
