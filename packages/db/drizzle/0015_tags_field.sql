-- Tags are a field that every workspace has; one of that name that people made before stays as it is.
INSERT INTO "field" ("key", "label", "type", "system", "position", "created_at") VALUES ('tags', 'Tags', 'tags', true, 10, 0)
  ON CONFLICT ("key") DO NOTHING;
