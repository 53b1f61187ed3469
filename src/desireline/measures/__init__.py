"""Measures: journeys and feedback become readings, each with an interval, the customers behind it, and a mergeable partial."""
