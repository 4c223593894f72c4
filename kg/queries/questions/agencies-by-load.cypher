// Which agencies carry most?
MATCH (b:Agency)-[s]->(t:Task)
WHERE ($plan = '' OR t.planId = $plan) AND b.collective = 'none' AND s.role <> 'supervise'
WITH t, b, max(CASE WHEN s.role IN ['lead', 'jointLead'] THEN 2.0 ELSE 1.0 END) AS most
WITH t, sum(most) AS total
MATCH (a:Agency)-[r]->(t)
WHERE a.collective = 'none' AND r.role <> 'supervise'
WITH a, t, total, max(CASE WHEN r.role IN ['lead', 'jointLead'] THEN 2.0 ELSE 1.0 END) AS weight
RETURN a.id AS agency_key, a.label AS label, count(t.id) AS tasks,
  count(CASE WHEN weight = 2.0 THEN 1 END) AS led, sum(weight / total) AS load
ORDER BY load DESC, agency_key
