"""Tests of the journeys room."""
