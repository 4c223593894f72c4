// What is due in a period?
MATCH (t:Task)-[:DUE]->(d:Deadline)
WHERE d.due >= $since AND d.due <= $until AND ($plan = '' OR t.planId = $plan)
OPTIONAL MATCH (a:Agency)-[:LEADS|JOINTLY_LEADS]->(t)
RETURN DISTINCT t.planId AS plan_id, t.id AS task, d.due AS due, d.expression AS expression,
  coalesce(a.id, '') AS agency_key, coalesce(a.label, '') AS label
ORDER BY due, plan_id, task, expression, agency_key
