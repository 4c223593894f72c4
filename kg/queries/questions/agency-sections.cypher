// Which sections does an agency span?
MATCH (a:Agency)-->(t:Task)-[:BELONGS_TO]->(s)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND ($plan = '' OR t.planId = $plan)
RETURN t.planId AS plan_id, s.id AS section, s.title AS title, count(DISTINCT t.id) AS tasks
ORDER BY plan_id, section
