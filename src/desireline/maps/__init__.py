"""Maps: the journey that people drew and agreed on, as flat records in a text file."""
