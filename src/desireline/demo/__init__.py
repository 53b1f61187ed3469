"""Demo: a generated company with planted problems and the truth about them."""
