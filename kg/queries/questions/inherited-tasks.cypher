// What does a successor inherit?
MATCH (old:Agency)-[:SUCCEEDED_BY*1..9]->(a:Agency)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND old.id <> a.id
WITH DISTINCT old
MATCH (old)-[r]->(t:Task)
WHERE ($plan = '' OR t.planId = $plan)
RETURN DISTINCT old.id AS agency_key, old.label AS label, t.planId AS plan_id, t.id AS task, r.role AS role, t.text AS text
ORDER BY agency_key, plan_id, task, role
