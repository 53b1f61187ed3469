"""Measures: journeys and feedback become readings, each with an interval and the customers behind it."""
