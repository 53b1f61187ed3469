"""What was decided because of findings, and whether it helped."""
