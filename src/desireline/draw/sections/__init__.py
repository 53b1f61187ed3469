"""The sections of the report, one file each: what is told, in which order, from which readings."""
