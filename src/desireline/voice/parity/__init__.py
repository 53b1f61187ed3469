"""Parity: the same promise kept, or not, whichever channel a customer chooses."""
