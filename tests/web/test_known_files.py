"""What the place for files says is known, is known: every vendor whose recipe comes with the server."""

from __future__ import annotations

import re
from pathlib import Path

from desireline.recipes.vendors.catalog import vendor, vendor_names

KNOWN = Path(__file__).parents[2] / "web" / "src" / "view" / "data" / "known.ts"


def test_the_place_for_files_names_every_known_vendor_by_its_title():
    listed = re.findall(r'\["([^"]+)",', KNOWN.read_text("utf-8").partition("VENDORS = ")[2])
    assert sorted(listed) == sorted(vendor(name).title for name in vendor_names())
