CREATE TABLE "bulk_job" (
	"id" text PRIMARY KEY NOT NULL,
	"action" jsonb NOT NULL,
	"target" jsonb NOT NULL,
	"status" text NOT NULL,
	"bucket" integer DEFAULT 0 NOT NULL,
	"after_id" bigint DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"path" text,
	"error" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "import_key" (
	"job_id" text NOT NULL,
	"value" text NOT NULL,
	"line" bigint NOT NULL,
	CONSTRAINT "import_key_job_id_value_pk" PRIMARY KEY("job_id","value")
);
--> statement-breakpoint
ALTER TABLE "import_job" ADD COLUMN "lines_read" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "bulk_job_status" ON "bulk_job" USING btree ("status");