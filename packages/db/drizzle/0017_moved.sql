CREATE TABLE "moved" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"to_id" bigint NOT NULL,
	CONSTRAINT "moved_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE INDEX "contact_merged" ON "contact" USING btree ("merged_into") WHERE merged_into is not null;