ALTER TABLE "rep_load" ADD COLUMN "credit" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rep_load" ADD COLUMN "credit_at" bigint;--> statement-breakpoint
ALTER TABLE "rep_load" ADD COLUMN "present" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rep_load" DROP COLUMN "open";--> statement-breakpoint
ALTER TABLE "rep_load" DROP COLUMN "given";--> statement-breakpoint
ALTER TABLE "rep_load" DROP COLUMN "accepted";