"""The fingerprint of a finding: the same for the same claim about the same data, on any machine."""

from __future__ import annotations

from hashlib import blake2b

from desireline.findings.finding import Finding
from desireline.findings.gathering import Around


def fingerprint(finding: Finding, around: Around) -> str:
    """Twelve letters and digits made of the claim (`Finding.key`), the window, and the version of the data.

    The first eight are the claim's own and stay when data are added; the last four are the data's.
    """
    claim = f"{around.outline.map.map.id}\x1f{finding.key}"
    return f"{_digest(claim, 4)}{_digest(around.data + str(finding.since), 2)}"


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
