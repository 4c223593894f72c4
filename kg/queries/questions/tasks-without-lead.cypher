// Which tasks has nobody to lead?
MATCH (t:Task)
WHERE ($plan = '' OR t.planId = $plan) AND NOT EXISTS { MATCH (:Agency)-[:LEADS|JOINTLY_LEADS]->(t) }
OPTIONAL MATCH (a:Agency)-->(t)
RETURN t.planId AS plan_id, t.id AS task, count(DISTINCT a.id) AS named, t.text AS text
ORDER BY plan_id, task
