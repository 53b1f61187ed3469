-- build: ordered by customer and time, names as enums
CREATE TYPE touchpoint AS ENUM (SELECT event FROM stages ORDER BY code);
CREATE TYPE channel AS ENUM (SELECT name FROM channels ORDER BY code);
CREATE TABLE events AS
SELECT customer, epoch_us(o."at") AS ts, enum_range(NULL::touchpoint)[o.event + 1]::touchpoint AS event,
  enum_range(NULL::channel)[o.channel + 1]::channel AS channel, s.stage::TINYINT AS stage
FROM read_parquet(getvariable('ordered'), file_row_number = true, filename = true) o
JOIN stages s ON s.code = o.event ORDER BY o.filename, o.file_row_number;

-- narrow: a number that rises with customer and time
CREATE TEMP MACRO moment(customer, ts) AS customer::BIGINT * getvariable('apart') + (ts - getvariable('first'));

-- wide: the same, where there are many customers over a long time
CREATE TEMP MACRO moment(customer, ts) AS customer::HUGEINT * getvariable('apart') + (ts - getvariable('first'));

-- a: running maxima over the order of the table; such numbers keep customers apart
WITH one AS (SELECT moment(customer, ts) AS v, customer, event FROM events
  WHERE event IN ($step1, $step2, $step3, $step4, $step5)),
two AS (
  SELECT *, max(CASE WHEN event = $step1 THEN v END) OVER (ROWS UNBOUNDED PRECEDING) AS b1 FROM one),
three AS (
  SELECT *, max(CASE WHEN event = $step2 AND v - b1 <= $within THEN b1 END) OVER (ROWS UNBOUNDED PRECEDING) AS b2
  FROM two),
four AS (
  SELECT *, max(CASE WHEN event = $step3 AND v - b2 <= $within THEN b2 END) OVER (ROWS UNBOUNDED PRECEDING) AS b3
  FROM three),
five AS (
  SELECT *, max(CASE WHEN event = $step4 AND v - b3 <= $within THEN b3 END) OVER (ROWS UNBOUNDED PRECEDING) AS b4
  FROM four),
levels AS (
  SELECT customer, max(CASE WHEN event = $step5 AND v - b4 <= $within THEN 5
    WHEN event = $step4 AND v - b3 <= $within THEN 4 WHEN event = $step3 AND v - b2 <= $within THEN 3
    WHEN event = $step2 AND v - b1 <= $within THEN 2 WHEN event = $step1 THEN 1 ELSE 0 END) AS level
  FROM five GROUP BY customer)
SELECT count(*) FILTER (level >= 1), count(*) FILTER (level >= 2), count(*) FILTER (level >= 3),
  count(*) FILTER (level >= 4), count(*) FILTER (level >= 5) FROM levels;

-- b
WITH moves AS (
  SELECT lag(event) OVER () AS before, event, ts - lag(ts) OVER () AS took,
    customer = lag(customer) OVER () AS same FROM events)
SELECT before, event, count(*), median(took) / 1e6 FROM moves WHERE same GROUP BY ALL;

-- c
WITH seen AS (
  SELECT customer, ts, event, lag(event) OVER () = event AND customer = lag(customer) OVER () AS again FROM events),
walked AS (
  SELECT list(event ORDER BY ts) AS route FROM seen WHERE again IS NOT TRUE GROUP BY customer),
routes AS (SELECT route, count(*) AS customers FROM walked GROUP BY ALL)
SELECT array_to_string(route, '>'), customers, count(*) OVER () FROM routes
ORDER BY customers DESC, len(route), route LIMIT $top;

-- d
WITH seen AS (
  SELECT event, row_number() OVER () AS place,
    (customer = lag(customer) OVER () AND ts - lag(ts) OVER () <= $silence) IS NOT TRUE AS opens FROM events),
stepped AS (
  SELECT event, place + 1 - max(CASE WHEN opens THEN place END) OVER (ROWS UNBOUNDED PRECEDING) AS step FROM seen)
SELECT step, event, count(*) FROM stepped WHERE step <= $steps GROUP BY ALL;

-- e
WITH weeks AS (
  SELECT customer, bit_or(1::HUGEINT << ((ts - $origin) // $week)::INT) AS mask FROM events GROUP BY customer)
SELECT mask::VARCHAR, count(*) FROM weeks GROUP BY mask;

-- f
WITH seen AS (
  SELECT event, channel, customer = lag(customer) OVER () AS same, lag(channel) OVER () AS before,
    (customer = lead(customer) OVER ()) IS NOT TRUE AS last, row_number() OVER () AS place, customer FROM events),
bought AS (
  SELECT *, max(CASE WHEN event = $goal THEN place END) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS goal,
    max(CASE WHEN same IS NOT TRUE THEN place END) OVER (ROWS UNBOUNDED PRECEDING) AS first FROM seen)
SELECT CASE WHEN same THEN before END AS came, channel,
  CASE WHEN event = $goal THEN 2 WHEN last THEN 1 ELSE 0 END AS ends, count(*)
FROM bought WHERE (goal >= first) IS NOT TRUE GROUP BY ALL;

-- g
WITH moved AS (
  SELECT customer, stage - CASE WHEN customer = lag(customer) OVER () THEN lag(stage) OVER () ELSE -1 END AS far
  FROM events),
judged AS (
  SELECT count(*) FILTER (far < 0) AS backward, sum(greatest(far - 1, 0)) AS skipped,
    bool_and(far BETWEEN 0 AND 1) AS conforming
  FROM moved GROUP BY customer)
SELECT sum(backward), sum(skipped), count(*) FILTER (conforming) FROM judged;
