"""What the rows of a grid are called: the words that people and other tools write in front of a lane."""

from __future__ import annotations

import re

TITLES = {
    "touchpoint": "Touchpoint",
    "marks": "Marks",
    "goal": "What customers want",
    "focus": "Our aim",
    "doing": "Doing",
    "thinking": "Thinking",
    "level": "Feeling (−2 to 2)",
    "feeling": "Felt as",
    "promise": "Promise",
    "pain": "Pains",
    "opportunity": "Opportunities",
    "quote": "In their words",
    "content": "Content",
    "note": "Notes",
    "channel": "Channels",
    "process": "Back stage",
    "system": "Systems",
    "team": "Team",
}
"""The rows of a grid that is written, in this order."""

CARDS = ("doing", "thinking", "feeling", "pain", "opportunity", "quote", "content", "note", "process")
"""The rows that hold statements."""

WHOLE = "(whole stage)"
"""Stands behind the title of a row that speaks about stages, not touchpoints."""

_WORDS = {
    "touchpoint": "touchpoint, step, activity, interaction, moment",
    "marks": "mark",
    "goal": "what customers want, goal, customer goal, user goal, need",
    "focus": "our aim, business goal, business focus, business objective",
    "doing": "doing, action, customer action, user action, what they do, behaviour, behavior",
    "thinking": "thinking, thought, think, what they think, question",
    "level": "score, emotion score, emotion curve, experience curve, satisfaction, feeling level, emotion level",
    "feeling": "felt as, feeling, feel, emotion, mood, what they feel",
    "promise": "promise",
    "pain": "pain, pain point, painpoint, problem, frustration, barrier, challenge",
    "opportunity": "opportunity, opportunitie, idea, solution, improvement, recommendation",
    "quote": "in their words, quote, verbatim, voice of the customer",
    "content": "content, campaign, message",
    "note": "note, comment, insight",
    "channel": "channel, media, medium",
    "process": "back stage, backstage, process, processe, back stage action, backstage action, support process",
    "system": "system, tool, technology",
    "team": "team, owner, department, responsible, who",
}
_KNOWN = {word: name for name, words in _WORDS.items() for word in words.split(", ")}


def row_of(label: str) -> str | None:
    """Which row a label stands for, None for an unknown one. “Feeling (−2 to 2)” is a level, “Feelings” are words."""
    bare = re.sub(r"\([^)]*\)", "", label).strip().casefold().replace("-", " ").rstrip(":")
    found = _KNOWN.get(bare) or _KNOWN.get(bare.removesuffix("s"))
    scaled = re.search(r"\([^)]*\d[^)]*\)", label)
    return "level" if found == "feeling" and scaled else found
