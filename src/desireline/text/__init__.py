"""Text: from what people write to its language, its feeling, its words and vectors, with personal data masked."""
