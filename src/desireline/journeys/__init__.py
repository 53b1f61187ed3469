"""Journeys: events placed on touchpoints, cut into trips, aligned with the map, deviations read off."""
