ALTER TABLE "scan" ADD COLUMN "version" integer;--> statement-breakpoint
ALTER TABLE "version" ADD COLUMN "migration" jsonb;