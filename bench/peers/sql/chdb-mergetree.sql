-- build: rows in the order of customer and time, codes instead of names
CREATE TABLE events ENGINE = MergeTree ORDER BY (customer, ts) AS
SELECT customer, toUnixTimestamp64Micro(at) AS ts, event, channel, {stages:Array(Int8)}[event + 1] AS stage
FROM file({ordered:String}, Parquet);
OPTIMIZE TABLE events FINAL;

-- a
SELECT countIf(level >= 1), countIf(level >= 2), countIf(level >= 3), countIf(level >= 4), countIf(level >= 5)
FROM (
  SELECT windowFunnel({within:UInt64})(toUInt64(ts), event = {step1:UInt8}, event = {step2:UInt8},
    event = {step3:UInt8}, event = {step4:UInt8}, event = {step5:UInt8}) AS level
  FROM events
  WHERE event IN ({step1:UInt8}, {step2:UInt8}, {step3:UInt8}, {step4:UInt8}, {step5:UInt8}) GROUP BY customer);

-- b
SELECT {names:Array(String)}[before + 1], {names:Array(String)}[event + 1], count(),
  quantileExactInclusive(0.5)(ts - left_ts) / 1e6
FROM (
  SELECT ts, event, lagInFrame(event) OVER w AS before, lagInFrame(ts, 1, -9000000000000000000) OVER w AS left_ts
  FROM events WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))
WHERE left_ts > -9000000000000000000 GROUP BY before, event;

-- c
SELECT arrayStringConcat(arrayMap(e -> {names:Array(String)}[e + 1], route), '>'), n, distinct_routes
FROM (
  SELECT route, count() AS n, count() OVER () AS distinct_routes
  FROM (
    SELECT arrayCompact(arrayMap(r -> r.2, arraySort(groupArray((ts, event))))) AS route FROM events GROUP BY customer)
  GROUP BY route ORDER BY n DESC, length(route), route LIMIT {top:UInt32})
ORDER BY n DESC, length(route), route;

-- d
SELECT step, {names:Array(String)}[event + 1], count()
FROM (
  SELECT event, place + 1 - max(if(opens, place, 0))
    OVER (PARTITION BY customer ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS step
  FROM (
    SELECT customer, ts, event, row_number() OVER w AS place,
      ts - lagInFrame(ts, 1, -4000000000000000000) OVER w > {silence:Int64} AS opens
    FROM events
    WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)))
WHERE step <= {steps:UInt8} GROUP BY step, event;

-- e: a bit for each week since the first one in the data
SELECT toString(mask), count()
FROM (
  SELECT groupBitOr(bitShiftLeft(toUInt128(1), intDiv(ts - {origin:Int64}, {week:Int64}))) AS mask
  FROM events GROUP BY customer)
GROUP BY mask;

-- f
SELECT if(came = 255, NULL, {channels:Array(String)}[came + 1]), {channels:Array(String)}[channel + 1], ends, count()
FROM (
  SELECT channel, lagInFrame(channel, 1, 255) OVER w AS came,
    if(event = {goal:UInt8}, 2, leadInFrame(ts, 1, -1) OVER l = -1) AS ends,
    countIf(event = {goal:UInt8}) OVER w AS bought, event
  FROM events
  WINDOW w AS (PARTITION BY customer ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    l AS (PARTITION BY customer ORDER BY ts ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING))
WHERE bought = 0 OR (bought = 1 AND event = {goal:UInt8}) GROUP BY came, channel, ends;

-- g
SELECT sum(back), sum(skip), countIf(conform)
FROM (
  SELECT countIf(far < 0) AS back, sum(greatest(far - 1, 0)) AS skip, min(far IN (0, 1)) AS conform
  FROM (
    SELECT customer, stage - lagInFrame(stage, 1, -1) OVER (
      PARTITION BY customer ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS far
    FROM events)
  GROUP BY customer);
