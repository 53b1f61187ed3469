"""What a manager gets: one page and slides of the measured map, findings, decisions and verdicts."""
