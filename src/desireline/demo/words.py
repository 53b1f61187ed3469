"""What customers write: sentences put together from parts, with the typing errors and emoji of real ones."""

from __future__ import annotations

import numpy as np

from desireline.demo.dice import F64, I64, Dice, Flags

_OPENERS = {
    1: (
        "Very disappointed.",
        "Never again.",
        "Not what I expected at all.",
        "What a mess!",
        "I am really annoyed.",
    ),
    2: ("Not happy.", "Disappointing.", "Could be much better.", "Hm.", "Expected more."),
    3: ("It is okay.", "Mixed feelings.", "Fine, nothing more.", "So so.", "All right I guess."),
    4: ("Good.", "Nice!", "Happy with it.", "Lovely piece.", "Would buy again."),
    5: ("Love it!", "Perfect!", "Absolutely beautiful.", "My new favourite.", "So happy with this!"),
}
_MIDDLES = {
    1: (
        "The fabric feels cheap",
        "It was sewn badly",
        "The colour is nothing like the photo",
        "A button was missing",
    ),
    2: (
        "It runs far too small",
        "The seams are not straight",
        "The cloth is thinner than I thought",
        "The cut did not suit me",
    ),
    3: (
        "The size is a bit off",
        "The colour is slightly darker than shown",
        "Good cloth but an odd cut",
        "The sleeves are long",
    ),
    4: ("It fits well", "The cloth feels soft", "The colour is as shown", "Good value for the price"),
    5: (
        "It fits as if made for me",
        "The quality is outstanding",
        "I get compliments all the time",
        "The linen is so soft",
    ),
}
_LATE = (
    "the parcel came days after the promised date",
    "I waited at home twice and nothing came",
    "it arrived far too late for the party",
    "delivery took for ever and nobody told me why",
)
_CLOSERS = {
    1: ("", "I want my money back.", "😡", "No stars if I could."),
    2: ("", "Sent it back.", "🙁", "Pity."),
    3: ("", "Let us see after the wash.", "🤷", "I keep it anyway."),
    4: ("", "Thank you!", "🙂", "Recommended."),
    5: ("", "Thank you so much!", "😍", "Already ordered a second one.", "❤️"),
}
_TICKETS = {
    0: (
        "Where is my parcel?",
        "The tracking has not moved for days.",
        "The parcel is marked as delivered but it is not here.",
    ),
    1: (
        "Can I swap this for a smaller size?",
        "Which size do I need if I am between M and L?",
        "The size chart does not match.",
    ),
    2: ("The zip is broken.", "There is a stain on the shirt.", "A seam came open on the first day."),
    3: ("I was charged twice.", "My voucher was not taken off.", "I need an invoice with my company's name."),
    4: ("How do I send this back?", "I lost the return label.", "Can I return this in a store?"),
}
_ASKS = (
    "Please help.",
    "Thanks in advance.",
    "Could you look into it?",
    "I need it by Friday.",
    "This is urgent!",
    "",
)
_AGAIN = (
    "I wrote to you about this already and was passed on to the warehouse. Nobody got back to me.",
    "Second time I ask. Do your departments not talk to each other?",
    "Still not solved, and I have to explain everything from the start.",
)
_TYPOS = (
    ("the ", "teh "),
    ("because", "becuase"),
    ("really", "realy"),
    ("their", "thier"),
    ("size", "szie"),
    ("ie", "ei"),
)


def write_reviews(dice: Dice, stars: I64, late: Flags) -> list[str]:
    """One comment per review; late parcels are spoken of by those who had one."""
    picks = dice.integers(0, 1000, (len(stars), 5))
    return [
        _review(int(star), bool(is_late), row) for star, is_late, row in zip(stars, late, picks.tolist(), strict=True)
    ]


def write_requests(dice: Dice, topic: I64, follow_up: Flags) -> list[str]:
    """What each customer asked service for."""
    picks = dice.integers(0, 1000, (len(topic), 4))
    return [
        _request(int(about), bool(again), row)
        for about, again, row in zip(topic, follow_up, picks.tolist(), strict=True)
    ]


def _review(star: int, late: bool, picks: list[int]) -> str:
    middle = _pick(_MIDDLES[star], picks[1])
    if late and picks[3] % 4:
        middle = f"{middle} and {_pick(_LATE, picks[2])}" if picks[3] % 3 else _sentence(_pick(_LATE, picks[2]))
    text = " ".join(
        part for part in (_pick(_OPENERS[star], picks[0]), middle + ".", _pick(_CLOSERS[star], picks[2])) if part
    )
    return _mistype(text, picks[4])


def _request(topic: int, again: bool, picks: list[int]) -> str:
    parts = [
        _pick(_TICKETS[topic], picks[0]),
        _pick(_AGAIN, picks[1]) if again else "",
        _pick(_ASKS, picks[2]),
    ]
    return _mistype(" ".join(part for part in parts if part), picks[3])


def _mistype(text: str, pick: int) -> str:
    """One text in twelve has a typing error, one in fifteen no capitals."""
    right, wrong = _TYPOS[pick % len(_TYPOS)]
    if pick % 12 == 0:
        text = text.replace(right, wrong, 1)
    return text.lower() if pick % 15 == 0 else text


def _pick(texts: tuple[str, ...], number: int) -> str:
    return texts[number % len(texts)]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def stars_around(dice: Dice, means: F64, *, low: int, high: int, spread: float = 0.95) -> I64:
    """Whole answers between `low` and `high` whose mean is close to the one wanted (a discretised Beta)."""
    share = np.clip((means - low) / (high - low), 0.03, 0.97)
    strength = 3.2 / spread
    drawn = low + dice.binomial(high - low, dice.beta(share * strength, (1 - share) * strength))
    return drawn.astype(np.int64)
