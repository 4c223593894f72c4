// Which names lead to no known agency?
MATCH (a:Agency)-[r]->(t:Task)
WHERE r.resolution = 'unresolved' AND ($plan = '' OR t.planId = $plan)
RETURN DISTINCT t.planId AS plan_id, t.id AS task, r.name AS name, a.id AS agency_key, r.role AS role
ORDER BY plan_id, task, agency_key, role
