ALTER TABLE "bulk_job" ADD COLUMN "owner" text;--> statement-breakpoint
ALTER TABLE "bulk_job" ADD COLUMN "owned_until" bigint;--> statement-breakpoint
ALTER TABLE "import_job" ADD COLUMN "owner" text;--> statement-breakpoint
ALTER TABLE "import_job" ADD COLUMN "owned_until" bigint;