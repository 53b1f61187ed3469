"""Maps in the notations of other tools: a Mermaid journey, and a grid as spreadsheets have it. Both lose something."""
