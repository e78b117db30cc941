-- Those of earlier journals count too: the team's visits are numbered through.
SELECT max((SELECT coalesce(max(visit), 0) FROM report WHERE form = :form),
           (SELECT coalesce(max(visit), 0) FROM earlier_visit WHERE form = :form))
