"""Clicks: what the web site and the app log, as columns that are put together at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desireline.demo.dice import F64, I64, Flags
from desireline.demo.seasons import happened

CHANNELS = np.array(["desktop", "mobile", "app"])
NAMES = np.array(
    [
        "ad_click",
        "home_view",
        "list_view",
        "product_view",
        "size_guide_view",
        "add_to_cart",
        "delivery_costs_view",
        "checkout_start",
        "checkout_error",
        "parcel_tracking_view",
        "help_view",
        "club_join",
        "friend_invite",
        "imprint_view",
        "press_view",
        "quiz_done",
    ]
)
_CODE = {str(name): code for code, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Clicks:
    """One entry per logged click: who, when, what (index into NAMES), and on what (index into CHANNELS)."""

    customer: I64
    at: F64
    name: I64
    channel: I64

    def __len__(self) -> int:
        return len(self.at)

    def named(self, name: str) -> Flags:
        """Which clicks have this name."""
        return np.asarray(self.name == _CODE[name])


def clicks(name: str, customer: I64, at: F64, channel: I64) -> Clicks:
    """Clicks that all have one name; those that never happen are left out."""
    real = happened(at)
    return Clicks(customer[real], at[real], np.full(int(real.sum()), _CODE[name], dtype=np.int64), channel[real])


def put_together(parts: Sequence[Clicks]) -> Clicks:
    """All clicks in the order of time; ties as they stand in `parts`."""
    at = np.concatenate([part.at for part in parts])
    order = np.argsort(at, kind="stable")
    customer, name, channel = (
        np.concatenate([getattr(part, column) for part in parts])[order] for column in ("customer", "name", "channel")
    )
    return Clicks(customer, at[order], name, channel)
