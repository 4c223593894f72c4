// How are two agencies connected?
MATCH (a:Agency)-->(t:Task)<--(b:Agency)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND ($other IN [b.id, b.label, b.fullName, b.labelEn] OR $other IN b.otherNames)
  AND a.id <> b.id AND ($plan = '' OR t.planId = $plan)
RETURN DISTINCT 1 AS steps, t.id AS task, '' AS between, '' AS label, '' AS second_task
UNION
MATCH (a:Agency)-->(t:Task)<--(c:Agency)-->(u:Task)<--(b:Agency)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND ($other IN [b.id, b.label, b.fullName, b.labelEn] OR $other IN b.otherNames)
  AND a.id <> b.id AND c.id <> a.id AND c.id <> b.id AND ($plan = '' OR t.planId = $plan) AND ($plan = '' OR u.planId = $plan)
  AND NOT EXISTS { MATCH (a)-->(s:Task)<--(b) WHERE $plan = '' OR s.planId = $plan }
RETURN 2 AS steps, min(t.id) AS task, c.id AS between, c.label AS label, min(u.id) AS second_task
