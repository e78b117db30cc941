SELECT place, count(*) FROM report
WHERE place_kind IN ('station', 'commission') AND state <> 'withdrawn'
GROUP BY place
