-- a: each step carries the latest start that leads to it
WITH one AS (
  SELECT customer, ts, event, max(CASE WHEN event = :step1 THEN ts END) OVER w AS b1 FROM events
  WHERE event IN (:step1, :step2, :step3, :step4, :step5)
  WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING)),
two AS (
  SELECT *, max(CASE WHEN event = :step2 AND ts - b1 <= :within THEN b1 END) OVER w AS b2 FROM one
  WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING)),
three AS (
  SELECT *, max(CASE WHEN event = :step3 AND ts - b2 <= :within THEN b2 END) OVER w AS b3 FROM two
  WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING)),
four AS (
  SELECT *, max(CASE WHEN event = :step4 AND ts - b3 <= :within THEN b3 END) OVER w AS b4 FROM three
  WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING)),
levels AS (
  SELECT customer, max(CASE WHEN event = :step5 AND ts - b4 <= :within THEN 5
    WHEN event = :step4 AND ts - b3 <= :within THEN 4 WHEN event = :step3 AND ts - b2 <= :within THEN 3
    WHEN event = :step2 AND ts - b1 <= :within THEN 2 WHEN event = :step1 THEN 1 ELSE 0 END) AS level
  FROM four GROUP BY customer)
SELECT count_if(level >= 1), count_if(level >= 2), count_if(level >= 3), count_if(level >= 4), count_if(level >= 5)
FROM levels;

-- b
WITH moves AS (
  SELECT event, lead(event) OVER w AS after, (lead(ts) OVER w) - ts AS took
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts))
SELECT event, after, count(*), percentile(took, 0.5) / 1e6 FROM moves WHERE after IS NOT NULL GROUP BY event, after;

-- c
WITH walked AS (
  SELECT transform(array_sort(collect_list(struct(ts, event))), r -> r.event) AS events FROM events GROUP BY customer),
routes AS (
  SELECT filter(events, (e, i) -> i = 0 OR e <> events[i - 1]) AS route FROM walked),
counted AS (SELECT route, count(*) AS n FROM routes GROUP BY route)
SELECT array_join(route, '>'), n, (SELECT count(*) FROM counted) FROM counted ORDER BY n DESC, size(route), route
LIMIT 100;

-- d
WITH seen AS (
  SELECT customer, ts, event, row_number() OVER w AS place, coalesce(ts - (lag(ts) OVER w) > :silence, true) AS opens
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts)),
stepped AS (
  SELECT event, place + 1 - max(CASE WHEN opens THEN place END)
    OVER (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING) AS step FROM seen)
SELECT step, event, count(*) FROM stepped WHERE step <= :steps GROUP BY step, event;

-- e
WITH weeks AS (SELECT customer, collect_set((ts - :origin) DIV :week) AS weeks FROM events GROUP BY customer),
firsts AS (SELECT array_min(weeks) AS first, explode(weeks) AS week FROM weeks)
SELECT first, week - first, count(*) FROM firsts GROUP BY first, week;

-- f
WITH seen AS (
  SELECT event, channel, lag(channel) OVER w AS came, (lead(ts) OVER w) IS NULL AS last,
    count_if(event = :goal) OVER (PARTITION BY customer ORDER BY ts ROWS UNBOUNDED PRECEDING) AS bought
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts)),
paths AS (
  SELECT came, channel, CASE WHEN event = :goal THEN 2 WHEN last THEN 1 ELSE 0 END AS ends
  FROM seen WHERE bought = 0 OR (bought = 1 AND event = :goal))
SELECT came, channel, ends, count(*) FROM paths GROUP BY came, channel, ends;

-- g
WITH staged AS (SELECT customer, ts, :stages[event] AS stage FROM events),
moved AS (
  SELECT customer, stage - coalesce(lag(stage) OVER (PARTITION BY customer ORDER BY ts), -1) AS far FROM staged),
judged AS (
  SELECT count_if(far < 0) AS back, sum(greatest(far - 1, 0)) AS skip, bool_and(far IN (0, 1)) AS conform
  FROM moved GROUP BY customer)
SELECT sum(back), sum(skip), count_if(conform) FROM judged;
