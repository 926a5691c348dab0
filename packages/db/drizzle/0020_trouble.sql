CREATE TABLE "destination" (
	"name" text PRIMARY KEY NOT NULL,
	"free_at" bigint DEFAULT 0 NOT NULL,
	"strikes" integer DEFAULT 0 NOT NULL,
	"slow_until" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parked" (
	"bucket" smallint NOT NULL,
	"enrolment_id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"flow_id" text NOT NULL,
	"node" text NOT NULL,
	"error" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "parked_bucket_enrolment_id_pk" PRIMARY KEY("bucket","enrolment_id")
);
--> statement-breakpoint
ALTER TABLE "effect" ADD COLUMN "given_up_at" bigint;--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "given_up_at" bigint;--> statement-breakpoint
CREATE INDEX "parked_at" ON "parked" USING btree ("at","enrolment_id");--> statement-breakpoint
CREATE INDEX "effect_trouble" ON "effect" USING btree ("at","id") WHERE status = 'failed' and kind <> 'throttle' and given_up_at is null;--> statement-breakpoint
CREATE INDEX "dead_at" ON "dead" USING btree ("failed_at","seq");--> statement-breakpoint
CREATE INDEX "send_trouble" ON "send" USING btree ("at","id") WHERE status in ('unknown', 'failed') and given_up_at is null;--> statement-breakpoint
CREATE INDEX "send_going" ON "send" USING btree ("to_address") WHERE status = 'sending';--> statement-breakpoint
INSERT INTO "parked" ("bucket", "enrolment_id", "contact_id", "flow_id", "node", "error", "at")
SELECT bucket, id, contact_id, flow_id, node, coalesce(vars -> 'parked' ->> 'message', ''), coalesce((vars -> 'parked' ->> 'at')::bigint, node_since)
FROM "enrolment" WHERE gen = 0 AND vars ? 'parked';
