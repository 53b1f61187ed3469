-- build: one row per customer, from the ordered files
CREATE TABLE customers AS
SELECT customer, list(event ORDER BY "at") AS events, list(epoch_us("at") ORDER BY "at") AS times,
  list(channel ORDER BY "at") AS channels
FROM read_parquet(getvariable('ordered')) GROUP BY customer ORDER BY customer;

-- b
WITH moves AS (
  SELECT unnest(events[:-2]) AS before, unnest(events[2:]) AS event, unnest(times[:-2]) AS left_ts,
    unnest(times[2:]) AS ts FROM customers),
counted AS (SELECT before, event, count(*) AS n, median(ts - left_ts) / 1e6 AS seconds FROM moves GROUP BY ALL)
SELECT b.event, e.event, n, seconds FROM counted
JOIN stages b ON b.code = counted.before JOIN stages e ON e.code = counted.event;

-- c
WITH walked AS (
  SELECT list_filter(events, lambda e, i: i = 1 OR e <> events[i - 1]) AS route FROM customers),
routes AS (SELECT route, count(*) AS customers FROM walked GROUP BY ALL),
top AS (SELECT *, count(*) OVER () AS distinct_routes FROM routes ORDER BY customers DESC, len(route), route LIMIT $top)
SELECT array_to_string(list_transform(route, lambda e: getvariable('names')[e + 1]), '>'), customers, distinct_routes
FROM top ORDER BY customers DESC, len(route), route;
