-- build: one row per customer, each column a list in time order, codes instead of names
CREATE TABLE customers ENGINE = MergeTree ORDER BY customer AS
SELECT customer, arraySort(groupArray((toUnixTimestamp64Micro(at), event, channel))) AS rows,
  arrayMap(r -> r.1, rows) AS times, arrayMap(r -> r.2, rows) AS events, arrayMap(r -> r.3, rows) AS channels
FROM file({ordered:String}, Parquet) GROUP BY customer;
ALTER TABLE customers DROP COLUMN rows;
OPTIMIZE TABLE customers FINAL;

-- a
SELECT countIf(level >= 1), countIf(level >= 2), countIf(level >= 3), countIf(level >= 4), countIf(level >= 5)
FROM (
  SELECT arrayReduce('windowFunnel(604800000000)', arrayMap(t -> toUInt64(t), times),
    arrayMap(e -> e = {step1:UInt8}, events), arrayMap(e -> e = {step2:UInt8}, events),
    arrayMap(e -> e = {step3:UInt8}, events), arrayMap(e -> e = {step4:UInt8}, events),
    arrayMap(e -> e = {step5:UInt8}, events)) AS level
  FROM customers WHERE has(events, {step1:UInt8}));

-- b
SELECT {names:Array(String)}[before + 1], {names:Array(String)}[event + 1], count(),
  quantileExactInclusive(0.5)(took) / 1e6
FROM customers
ARRAY JOIN arrayPopBack(events) AS before, arrayPopFront(events) AS event,
  arrayPopFront(arrayDifference(times)) AS took
GROUP BY before, event;

-- c
SELECT arrayStringConcat(arrayMap(e -> {names:Array(String)}[e + 1], route), '>'), n, distinct_routes
FROM (
  SELECT arrayCompact(events) AS route, count() AS n, count() OVER () AS distinct_routes
  FROM customers GROUP BY route ORDER BY n DESC, length(route), route LIMIT {top:UInt32})
ORDER BY n DESC, length(route), route;

-- d
SELECT step, {names:Array(String)}[event + 1], count()
FROM customers
ARRAY JOIN events AS event,
  arrayEnumerateUniq(arrayCumSum(arrayMap(d -> d > {silence:Int64}, arrayDifference(times)))) AS step
WHERE step <= {steps:UInt8} GROUP BY step, event;

-- e
SELECT weeks[1], week - weeks[1], count()
FROM (
  SELECT arrayDistinct(arrayMap(t -> intDiv(t - {origin:Int64}, {week:Int64}), times)) AS weeks FROM customers)
ARRAY JOIN weeks AS week GROUP BY 1, 2;

-- f
SELECT if(came = 255, NULL, {channels:Array(String)}[came + 1]), {channels:Array(String)}[channel + 1], ends, count()
FROM (
  SELECT indexOf(events, {goal:UInt8}) AS goal, if(goal = 0, channels, arraySlice(channels, 1, goal)) AS path,
    arrayPushFront(arrayPopBack(path), toUInt8(255)) AS came_from,
    arrayPushBack(arrayWithConstant(length(path) - 1, 0), if(goal = 0, 1, 2)) AS ending
  FROM customers)
ARRAY JOIN path AS channel, came_from AS came, ending AS ends GROUP BY came, channel, ends;

-- g
SELECT sum(arrayCount(f -> f < 0, far)), sum(arraySum(f -> greatest(f - 1, 0), far)),
  countIf(arrayAll(f -> f = 0 OR f = 1, far))
FROM (
  SELECT arrayPopFront(arrayDifference(arrayPushFront(
    arrayMap(e -> {stages:Array(Int8)}[e + 1], events), toInt8(-1)))) AS far FROM customers);
