"""The living map: how well each card is grounded, whether journeys still go as drawn, and when to look again."""
