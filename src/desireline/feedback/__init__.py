"""Feedback: rows become answers, reviews, tickets and notes in a customer's voice, with scale and rule."""
