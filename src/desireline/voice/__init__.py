"""Voice: what customers feel, say and strive for, worked out from answers, texts and journeys that were walked."""
