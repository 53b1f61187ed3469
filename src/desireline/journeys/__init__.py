"""Journeys: events are placed on touchpoints, cut into trips, aligned with the map, and deviations are read off."""
