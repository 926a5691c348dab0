CREATE TABLE "drawn" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"flow_id" text NOT NULL,
	"node" text NOT NULL,
	"way" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "drawn_bucket_contact_id_flow_id_node_pk" PRIMARY KEY("bucket","contact_id","flow_id","node")
);
--> statement-breakpoint
CREATE TABLE "effect" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"flow_id" text NOT NULL,
	"object_key" text NOT NULL,
	"entry" integer NOT NULL,
	"version" integer NOT NULL,
	"node" text NOT NULL,
	"payload" jsonb NOT NULL,
	"status" text NOT NULL,
	"at" bigint NOT NULL,
	"next_attempt_at" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"claimed_by" text,
	"claimed_until" bigint,
	"ended_at" bigint,
	"last_error" text,
	"answer" jsonb,
	CONSTRAINT "effect_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "throttle" (
	"place" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"at" bigint NOT NULL,
	"text" text NOT NULL,
	"contact_id" bigint,
	"flow_id" text,
	"read_at" bigint
);
--> statement-breakpoint
CREATE TABLE "company" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"domain" text,
	"data" jsonb NOT NULL,
	"rev" integer DEFAULT 1 NOT NULL,
	"told_rev" integer DEFAULT 1 NOT NULL,
	"telling_rev" integer DEFAULT 0 NOT NULL,
	"bucket" integer DEFAULT 0 NOT NULL,
	"after_id" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"deleted_at" bigint
);
--> statement-breakpoint
CREATE TABLE "related" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"data" jsonb NOT NULL,
	"folded" jsonb,
	"at" bigint NOT NULL,
	CONSTRAINT "related_bucket_contact_id_kind_id_pk" PRIMARY KEY("bucket","contact_id","kind","id")
);
--> statement-breakpoint
CREATE TABLE "secret" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"last4" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"last_used_at" bigint
);
--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "topic" text;--> statement-breakpoint
CREATE UNIQUE INDEX "effect_key" ON "effect" USING btree ("bucket","key");--> statement-breakpoint
CREATE INDEX "effect_contact" ON "effect" USING btree ("bucket","contact_id","at");--> statement-breakpoint
CREATE INDEX "effect_queue" ON "effect" USING btree ("next_attempt_at") WHERE status in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "effect_line" ON "effect" USING btree ("flow_id","node","at","key") WHERE kind = 'throttle' and status = 'queued';--> statement-breakpoint
CREATE INDEX "effect_at" ON "effect" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "effect_open" ON "effect" USING btree ("status","at","id") WHERE status in ('queued', 'sending', 'failed');--> statement-breakpoint
CREATE INDEX "notification_user" ON "notification" USING btree ("user_id","at","id");--> statement-breakpoint
CREATE INDEX "notification_unread" ON "notification" USING btree ("user_id") WHERE read_at is null;--> statement-breakpoint
CREATE INDEX "notification_contact" ON "notification" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "company_name" ON "company" USING btree (lower("name") text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "company_domain" ON "company" USING btree ("domain");--> statement-breakpoint
CREATE INDEX "company_untold" ON "company" USING btree ("id") WHERE told_rev < rev;--> statement-breakpoint
CREATE INDEX "related_record" ON "related" USING btree ("kind","id","bucket","contact_id");