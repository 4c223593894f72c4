// Which agencies share most tasks?
MATCH (a:Agency)-->(t:Task)<--(b:Agency)
WHERE a.id < b.id AND a.collective = 'none' AND b.collective = 'none' AND ($plan = '' OR t.planId = $plan)
WITH a, b, count(DISTINCT t.id) AS tasks
WHERE tasks >= $minimum
RETURN a.id AS one, a.label AS one_label, b.id AS two, b.label AS two_label, tasks
ORDER BY tasks DESC, one, two
