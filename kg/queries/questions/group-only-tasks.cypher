// Which tasks name groups only?
MATCH (g:Agency)-->(t:Task)
WHERE g.collective <> 'none' AND ($plan = '' OR t.planId = $plan) AND NOT EXISTS { MATCH (a:Agency)-->(t) WHERE a.collective = 'none' }
RETURN t.planId AS plan_id, t.id AS task, count(DISTINCT g.id) AS groups, t.text AS text
ORDER BY plan_id, task
