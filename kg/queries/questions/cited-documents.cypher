// Which documents does a plan cite?
MATCH (:Plan)-[:CITES]->(t:Citation)
WHERE ($plan = '' OR t.planId = $plan)
RETURN t.planId AS plan_id, t.ordinal AS ordinal, t.title AS title, t.documentNumber AS document_number
ORDER BY plan_id, ordinal
