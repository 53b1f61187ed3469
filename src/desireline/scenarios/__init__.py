"""What if: a rate or a wait on the map is changed, and conversions, loyalty and value move with it."""
