// Which tasks does an agency lead?
MATCH (a:Agency)-[r:LEADS|JOINTLY_LEADS]->(t:Task)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND ($plan = '' OR t.planId = $plan)
RETURN DISTINCT t.planId AS plan_id, t.id AS task, r.role AS role, t.text AS text
ORDER BY plan_id, task, role
