"""What a person sets of a rule, as it is typed: `late smallest 0.2`."""

from __future__ import annotations

from desireline.errors import SettingUnclear
from desireline.findings.catalog import RULES, find_rule


def read_setting(text: str) -> tuple[str, str, float]:
    """The rule, the setting and its value. Raises UnknownRule, SettingUnclear."""
    words = text.replace("=", " ").split()
    if len(words) < 3:
        raise SettingUnclear(text, "it needs the rule, the setting and a number")
    *rule, name, value = words
    settings = find_rule(" ".join(rule)).settings
    if name not in settings:
        raise SettingUnclear(text, f"{' '.join(rule)!r} has {', '.join(settings) or 'no settings'}")
    usual = settings[name]
    try:
        number = float(value)
    except ValueError:
        raise SettingUnclear(text, f"{value!r} is no number") from None
    return RULES[" ".join(rule)].name, name, int(number) if isinstance(usual, int) else number
