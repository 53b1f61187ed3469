"""What matters in a measured map: rules that look, evidence that holds, and a ranking by what it costs."""
