CREATE TABLE "score_model" (
	"version" integer PRIMARY KEY NOT NULL,
	"model" jsonb NOT NULL,
	"rev" integer DEFAULT 1 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" bigint NOT NULL,
	"by_id" text,
	"by_name" text
);
--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "until" bigint;--> statement-breakpoint
ALTER TABLE "ledger" ADD COLUMN "held" boolean DEFAULT false NOT NULL;