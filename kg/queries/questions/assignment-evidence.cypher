// Where does it say so?
MATCH (a:Agency)-[r]->(t:Task)<-[:SUPPORTS]-(e:Evidence)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
  AND e.assignmentId = r.id AND ($plan = '' OR t.planId = $plan) AND ($task_id = '' OR t.id = $task_id)
RETURN DISTINCT t.id AS task, r.role AS role, e.quote AS quote, e.start AS start, e.`end` AS `end`, e.context AS context
ORDER BY task, role, start
