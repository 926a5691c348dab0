CREATE SEQUENCE "public"."handoff_log_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "handoff_log" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"handoff_id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"by_id" text,
	"by_name" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "handoff_log_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "lead_draft" (
	"bucket" smallint NOT NULL,
	"handoff_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"updated_at" bigint NOT NULL,
	CONSTRAINT "lead_draft_bucket_handoff_id_pk" PRIMARY KEY("bucket","handoff_id")
);
--> statement-breakpoint
CREATE TABLE "absence" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rep_setting" (
	"user_id" text PRIMARY KEY NOT NULL,
	"notify" text DEFAULT 'at-once' NOT NULL,
	"from_name" text,
	"reply_to" text,
	"signature" text DEFAULT '' NOT NULL,
	"mails_a_day" integer DEFAULT 50 NOT NULL,
	"told_until" bigint
);
--> statement-breakpoint
CREATE TABLE "territory" (
	"id" text PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"condition" jsonb NOT NULL,
	"rep_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "contract" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "agreement_id" text;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "agreement_version" integer;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "deadline" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "next_look" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "reminded_at" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "breached_at" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "first_activity_at" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "accepted_at" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "had_by" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "route" jsonb;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "queue_until" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "manager_queue" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "sleeping_since" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "draft_at" bigint;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "opportunity_id" text;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "calendar_id" text;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "manager_id" text;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "digest" jsonb;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "quiet_days" integer;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "calendar_id" text;--> statement-breakpoint
ALTER TABLE "notification" ADD COLUMN "lead_id" bigint;--> statement-breakpoint
ALTER TABLE "territory" ADD CONSTRAINT "territory_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "handoff_log_lead" ON "handoff_log" USING btree ("bucket","handoff_id","at");--> statement-breakpoint
CREATE INDEX "handoff_log_contact" ON "handoff_log" USING btree ("bucket","contact_id","at");--> statement-breakpoint
CREATE INDEX "handoff_log_at" ON "handoff_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "absence_user" ON "absence" USING btree ("user_id","to_at");--> statement-breakpoint
CREATE INDEX "territory_team" ON "territory" USING btree ("team_id","position");--> statement-breakpoint
CREATE INDEX "handoff_look" ON "handoff" USING btree ("next_look") WHERE next_look is not null;--> statement-breakpoint
CREATE INDEX "handoff_accepted" ON "handoff" USING btree ("team_id","accepted_at") WHERE accepted_at is not null;--> statement-breakpoint
CREATE INDEX "handoff_created" ON "handoff" USING btree ("created_at");--> statement-breakpoint
UPDATE "handoff" SET "accepted_at" = "answered_at" WHERE "state" = 'accepted';--> statement-breakpoint
UPDATE "handoff" SET "outcome" = "state" WHERE "state" IN ('rejected', 'overflow', 'closed');
