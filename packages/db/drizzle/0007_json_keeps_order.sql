ALTER TABLE "journal" ALTER COLUMN "steps" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "dead" ALTER COLUMN "payload" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "inbox" ALTER COLUMN "payload" SET DATA TYPE json;