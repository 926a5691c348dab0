-- Room on the page for the next versions of a row: an update that touches no index then stays on its page (HOT).
ALTER TABLE "enrolment" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "contact" SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE "lease" SET (fillfactor = 20);
--> statement-breakpoint
-- What happened before 2015 shares one partition; later months are made on demand (months.ts).
CREATE TABLE "event_before_2015" PARTITION OF "event" FOR VALUES FROM (MINVALUE) TO (1420070400000);
--> statement-breakpoint
INSERT INTO "lease" ("bucket") SELECT g FROM generate_series(0, 1023) g;
--> statement-breakpoint
INSERT INTO "field" ("key", "label", "type", "system", "position", "created_at") VALUES
  ('email', 'E-mail', 'text', true, 1, 0),
  ('first_name', 'First name', 'text', true, 2, 0),
  ('last_name', 'Last name', 'text', true, 3, 0),
  ('phone', 'Phone', 'text', true, 4, 0),
  ('company', 'Company', 'text', true, 5, 0),
  ('job_title', 'Job title', 'text', true, 6, 0),
  ('country', 'Country', 'text', true, 7, 0),
  ('zone', 'Time zone', 'text', true, 8, 0),
  ('language', 'Language', 'text', true, 9, 0);
