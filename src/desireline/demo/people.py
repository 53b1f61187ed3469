"""The demo company's customers, as its customer list knows them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desireline.demo.dice import F64, I64, Dice, Flags, Texts, dice_for, heads

AGE_BANDS = np.array(["18-24", "25-34", "35-49", "50-64", "65+"])
BUYS_FOR = np.array(["self", "family", "gifts"])
CLUBS = np.array(["none", "basic", "plus"])
REGIONS = np.array(["North", "West", "South", "East"])
CITIES = (
    ("Hamburg", "Bremen", "Kiel", "Hannover"),
    ("Köln", "Düsseldorf", "Dortmund", "Münster"),
    ("München", "Stuttgart", "Nürnberg", "Freiburg"),
    ("Berlin", "Leipzig", "Dresden", "Jena"),
)
_FIRST = [
    "anna",
    "ben",
    "clara",
    "david",
    "emma",
    "felix",
    "greta",
    "hannes",
    "ida",
    "jonas",
    "klara",
    "leon",
    "mia",
    "noah",
    "olga",
    "paul",
    "rosa",
    "tim",
    "uta",
    "vera",
]
_LAST = [
    "arnold",
    "becker",
    "conrad",
    "diehl",
    "engel",
    "fuchs",
    "graf",
    "huber",
    "jansen",
    "keller",
    "lang",
    "moser",
    "neumann",
    "otto",
    "peters",
    "roth",
]


@dataclass(frozen=True)
class People:
    """One entry per customer in every column."""

    number: Texts
    email: Texts
    card: Texts
    age: I64  # index into AGE_BANDS
    buys_for: I64  # index into BUYS_FOR
    club: I64
    region: I64
    city: I64  # index into the region's CITIES
    joined: F64  # days before the first day of the data
    newsletter: Flags

    def __len__(self) -> int:
        return len(self.number)

    @property
    def gift_buyer(self) -> Flags:
        """Customers who mostly buy for others."""
        return np.asarray(self.buys_for == 2)

    @property
    def young(self) -> Flags:
        """Customers under 35, who use the app more."""
        return np.asarray(self.age < 2)


def draw_people(seed: int, customers: int) -> People:
    """Customers with their traits."""
    dice = dice_for(seed, "people")
    count = customers
    places = np.arange(count)
    return People(
        number=np.array([f"L{100_000 + place}" for place in places]),
        email=_addresses(dice, count),
        card=np.array([f"7{place * 7919 % 10_000_019:08d}{place % 10}" for place in places]),
        age=dice.choice(5, count, p=[0.16, 0.27, 0.29, 0.19, 0.09]).astype(np.int64),
        buys_for=dice.choice(3, count, p=[0.62, 0.21, 0.17]).astype(np.int64),
        club=dice.choice(3, count, p=[0.45, 0.38, 0.17]).astype(np.int64),
        region=dice.choice(4, count, p=[0.22, 0.30, 0.27, 0.21]).astype(np.int64),
        city=dice.choice(4, count, p=[0.45, 0.25, 0.18, 0.12]).astype(np.int64),
        joined=np.floor(dice.gamma(1.4, 420.0, count)) + 1,
        newsletter=heads(dice, 0.62, count),
    )


def _addresses(dice: Dice, count: int) -> Texts:
    first, last = dice.integers(len(_FIRST), size=count), dice.integers(len(_LAST), size=count)
    return np.array(
        [f"{_FIRST[a]}.{_LAST[b]}{place}@mail.example" for place, (a, b) in enumerate(zip(first, last, strict=True))]
    )
