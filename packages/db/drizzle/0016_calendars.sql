CREATE TABLE "calendar" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"zone" text,
	"hours" jsonb NOT NULL,
	"holidays" jsonb NOT NULL,
	"country" text,
	"region" text,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pause" ADD COLUMN "choice" text DEFAULT 'freeze' NOT NULL;