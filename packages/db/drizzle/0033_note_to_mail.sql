ALTER TABLE "notification" ADD COLUMN "to_mail" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "notification_to_mail" ON "notification" USING btree ("user_id") WHERE to_mail;--> statement-breakpoint
-- What nobody was mailed yet of those who want notes gathered; who was never mailed gets those of the last day.
UPDATE "notification" n SET "to_mail" = true FROM "rep_setting" s WHERE s.user_id = n.user_id AND s.notify <> 'at-once' AND n.lead_id IS NOT NULL
  AND n.at > coalesce(s.told_until, (extract(epoch FROM now()) * 1000)::bigint - 86400000);
