ALTER TABLE "handoff" ADD COLUMN "known_state" text DEFAULT 'routing' NOT NULL;--> statement-breakpoint
ALTER TABLE "handoff" ADD COLUMN "known_rep" text;