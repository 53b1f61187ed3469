"""Draw: a map and its readings as a report, a picture, or text in a terminal."""
