// With whom does an agency work?
MATCH (a:Agency)-->(t:Task)<--(b:Agency)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND a.id <> b.id AND ($plan = '' OR t.planId = $plan)
RETURN b.id AS agency_key, b.label AS label, count(DISTINCT t.id) AS tasks
ORDER BY tasks DESC, agency_key
