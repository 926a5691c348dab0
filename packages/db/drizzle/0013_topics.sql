CREATE TABLE "suppression" (
	"value" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" bigint NOT NULL,
	"by_id" text,
	"by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "consent_log" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"topic" text NOT NULL,
	"given" boolean NOT NULL,
	"at" bigint NOT NULL,
	"source" jsonb NOT NULL,
	CONSTRAINT "consent_log_bucket_contact_id_seq_topic_pk" PRIMARY KEY("bucket","contact_id","seq","topic")
);
--> statement-breakpoint
CREATE TABLE "topic" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"double_opt_in" boolean DEFAULT false NOT NULL,
	"system" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"archived_at" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "topic_id" text;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "breaker" jsonb;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "tripped" jsonb;--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "bounced_at" bigint;--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "complained_at" bigint;--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "unsubscribed_at" bigint;--> statement-breakpoint
CREATE INDEX "suppression_at" ON "suppression" USING btree ("at","value");--> statement-breakpoint
CREATE INDEX "consent_log_contact" ON "consent_log" USING btree ("bucket","contact_id","at");--> statement-breakpoint
CREATE INDEX "send_flow" ON "send" USING btree ("flow_id","at");--> statement-breakpoint
-- The general topic, under which all marketing mail goes out that has none of its own.
INSERT INTO "topic" ("id", "name", "description", "system", "created_at", "updated_at") VALUES ('marketing', 'News and offers', 'What is new, and offers now and then.', true, 0, 0);
