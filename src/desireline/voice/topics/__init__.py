"""What people talk about: topics found in their own words, how many speak of each, and what each one does to scores."""
