-- open
CREATE TEMP VIEW events AS
SELECT customer, epoch_us("at") AS ts, event, channel FROM read_parquet(getvariable('raw'));

-- a: each step is joined to the latest step before it, whose start it carries on
WITH one AS (SELECT customer, ts, ts AS begun FROM events WHERE event = $step1),
two AS (
  SELECT s.customer, s.ts, b.begun FROM (FROM events WHERE event = $step2) s
  ASOF JOIN one b ON s.customer = b.customer AND s.ts > b.ts WHERE s.ts - b.begun <= $within),
three AS (
  SELECT s.customer, s.ts, b.begun FROM (FROM events WHERE event = $step3) s
  ASOF JOIN two b ON s.customer = b.customer AND s.ts > b.ts WHERE s.ts - b.begun <= $within),
four AS (
  SELECT s.customer, s.ts, b.begun FROM (FROM events WHERE event = $step4) s
  ASOF JOIN three b ON s.customer = b.customer AND s.ts > b.ts WHERE s.ts - b.begun <= $within),
five AS (
  SELECT s.customer, s.ts, b.begun FROM (FROM events WHERE event = $step5) s
  ASOF JOIN four b ON s.customer = b.customer AND s.ts > b.ts WHERE s.ts - b.begun <= $within)
SELECT (SELECT count(DISTINCT customer) FROM one), (SELECT count(DISTINCT customer) FROM two),
  (SELECT count(DISTINCT customer) FROM three), (SELECT count(DISTINCT customer) FROM four),
  (SELECT count(DISTINCT customer) FROM five);

-- b
WITH moves AS (
  SELECT event, lead(event) OVER w AS after, lead(ts) OVER w - ts AS took
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts))
SELECT event, after, count(*), median(took) / 1e6 FROM moves WHERE after IS NOT NULL GROUP BY ALL;

-- c
WITH seen AS (
  SELECT customer, ts, event, lag(event) OVER (PARTITION BY customer ORDER BY ts) AS before FROM events),
walked AS (
  SELECT string_agg(event, '>' ORDER BY ts) AS route, count(*) AS steps
  FROM seen WHERE event IS DISTINCT FROM before GROUP BY customer),
routes AS (SELECT route, steps, count(*) AS customers FROM walked GROUP BY ALL)
SELECT route, customers, count(*) OVER () FROM routes
ORDER BY customers DESC, steps, string_split(route, '>') LIMIT $top;

-- d
WITH seen AS (
  SELECT customer, ts, event, row_number() OVER w AS place,
    coalesce(ts - lag(ts) OVER w > $silence, true) AS opens
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts)),
stepped AS (
  SELECT event, place + 1 - max(CASE WHEN opens THEN place END)
    OVER (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING) AS step FROM seen)
SELECT step, event, count(*) FROM stepped WHERE step <= $steps GROUP BY ALL;

-- e: a bit for each week since the first one in the data
WITH weeks AS (
  SELECT customer, bit_or(1::HUGEINT << ((ts - $origin) // $week)::INT) AS mask FROM events GROUP BY customer),
masks AS (SELECT mask, count(*) AS customers FROM weeks GROUP BY mask)
SELECT mask::VARCHAR, customers FROM masks;

-- f: moves up to the first purchase
WITH seen AS (
  SELECT event, channel, lag(channel) OVER w AS before, lead(ts) OVER w IS NULL AS last,
    count(*) FILTER (event = $goal) OVER (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING) AS bought
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts)),
paths AS (
  SELECT before, channel, CASE WHEN event = $goal THEN 2 WHEN last THEN 1 ELSE 0 END AS ends
  FROM seen WHERE bought = 0 OR (bought = 1 AND event = $goal))
SELECT before, channel, ends, count(*) FROM paths GROUP BY ALL;

-- g
WITH staged AS (SELECT customer, ts, stage FROM events JOIN stages USING (event)),
moved AS (
  SELECT customer, stage - lag(stage, 1, -1) OVER (PARTITION BY customer ORDER BY ts) AS far FROM staged),
judged AS (
  SELECT count(*) FILTER (far < 0) AS backward, sum(greatest(far - 1, 0)) AS skipped,
    bool_and(far IN (0, 1)) AS conforming
  FROM moved GROUP BY customer)
SELECT sum(backward), sum(skipped), count(*) FILTER (conforming) FROM judged;
