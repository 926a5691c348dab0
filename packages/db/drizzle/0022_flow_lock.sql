CREATE TABLE "flow_lock" (
	"flow_id" text PRIMARY KEY NOT NULL,
	"tab" text DEFAULT '' NOT NULL,
	"user_id" text DEFAULT '' NOT NULL,
	"since" bigint DEFAULT 0 NOT NULL,
	"active_at" bigint DEFAULT 0 NOT NULL,
	"expires_at" bigint DEFAULT 0 NOT NULL,
	"next_tab" text,
	"next_user_id" text,
	"next_seen_at" bigint,
	"next_due_at" bigint
);
