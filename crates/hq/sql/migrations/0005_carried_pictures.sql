-- Pictures through hands: whoever brings one for somebody else knows it by its name alone.

CREATE INDEX picture_name_by_name ON picture_name (name);
