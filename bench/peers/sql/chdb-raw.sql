-- a
SELECT countIf(level >= 1), countIf(level >= 2), countIf(level >= 3), countIf(level >= 4), countIf(level >= 5)
FROM (
  SELECT windowFunnel({within:UInt64})(toUInt64(toUnixTimestamp64Micro(at)), event = {step1:String},
    event = {step2:String}, event = {step3:String}, event = {step4:String}, event = {step5:String}) AS level
  FROM file({raw:String}, Parquet)
  WHERE event IN ({step1:String}, {step2:String}, {step3:String}, {step4:String}, {step5:String}) GROUP BY customer);

-- b
WITH lists AS (
  SELECT arraySort(groupArray((toUnixTimestamp64Micro(at), event))) AS rows, rows.1 AS times, rows.2 AS events
  FROM file({raw:String}, Parquet) GROUP BY customer)
SELECT before, event, count(), quantileExactInclusive(0.5)(took) / 1e6
FROM lists
ARRAY JOIN arrayPopBack(events) AS before, arrayPopFront(events) AS event,
  arrayPopFront(arrayDifference(times)) AS took
GROUP BY before, event;

-- c
SELECT arrayStringConcat(route, '>'), n, distinct_routes
FROM (
  SELECT route, count() AS n, count() OVER () AS distinct_routes
  FROM (
    SELECT arrayCompact(arraySort(groupArray((toUnixTimestamp64Micro(at), event))).2) AS route
    FROM file({raw:String}, Parquet) GROUP BY customer)
  GROUP BY route ORDER BY n DESC, length(route), route LIMIT {top:UInt32})
ORDER BY n DESC, length(route), route;

-- d
WITH lists AS (
  SELECT arraySort(groupArray((toUnixTimestamp64Micro(at), event))) AS rows, rows.1 AS times, rows.2 AS events
  FROM file({raw:String}, Parquet) GROUP BY customer)
SELECT step, event, count()
FROM lists
ARRAY JOIN events AS event,
  arrayEnumerateUniq(arrayCumSum(arrayMap(d -> d > {silence:Int64}, arrayDifference(times)))) AS step
WHERE step <= {steps:UInt8} GROUP BY step, event;

-- e: a bit for each week since the first one in the data
SELECT toString(mask), count()
FROM (
  SELECT groupBitOr(bitShiftLeft(toUInt128(1), intDiv(toUnixTimestamp64Micro(at) - {origin:Int64}, {week:Int64})))
    AS mask
  FROM file({raw:String}, Parquet) GROUP BY customer)
GROUP BY mask;

-- f
WITH lists AS (
  SELECT arraySort(groupArray((toUnixTimestamp64Micro(at), event, channel))) AS rows, rows.2 AS events,
    rows.3 AS channels
  FROM file({raw:String}, Parquet) GROUP BY customer)
SELECT if(came = '', NULL, came), channel, ends, count()
FROM (
  SELECT indexOf(events, {goal:String}) AS goal, if(goal = 0, channels, arraySlice(channels, 1, goal)) AS path,
    arrayPushFront(arrayPopBack(path), '') AS came_from,
    arrayPushBack(arrayWithConstant(length(path) - 1, 0), if(goal = 0, 1, 2)) AS ending
  FROM lists)
ARRAY JOIN path AS channel, came_from AS came, ending AS ends GROUP BY came, channel, ends;

-- g
SELECT sum(arrayCount(f -> f < 0, far)), sum(arraySum(f -> greatest(f - 1, 0), far)),
  countIf(arrayAll(f -> f = 0 OR f = 1, far))
FROM (
  SELECT arrayPopFront(arrayDifference(arrayPushFront(
    arraySort(groupArray((toUnixTimestamp64Micro(at),
      {stages:Array(Int8)}[indexOf({names:Array(String)}, event)]))).2, toInt8(-1)))) AS far
  FROM file({raw:String}, Parquet) GROUP BY customer);
