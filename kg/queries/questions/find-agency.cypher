// Which agencies go by a name?
MATCH (a:Agency)
WHERE ($agency IN [a.id, a.label, a.fullName, a.labelEn] OR $agency IN a.otherNames)
RETURN a.id AS agency_key, a.label AS label, a.fullName AS full_name, a.kind AS kind
ORDER BY agency_key
