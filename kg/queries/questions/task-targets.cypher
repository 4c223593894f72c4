// Which quantities are to be reached?
MATCH (t:Task)-[:AIMS_AT]->(g:Target)
WHERE ($plan = '' OR t.planId = $plan)
RETURN t.planId AS plan_id, t.id AS task, g.expression AS expression, g.comparison AS comparison,
  g.minimum AS minimum, g.maximum AS maximum, g.unit AS unit
ORDER BY plan_id, task, expression
