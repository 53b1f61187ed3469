-- open: the ordered files as they are, codes instead of names
CREATE TEMP VIEW events AS
SELECT customer, epoch_us("at") AS ts, event FROM read_parquet(getvariable('ordered'));
