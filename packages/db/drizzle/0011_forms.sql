CREATE TABLE "consent_ask" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"form_id" text NOT NULL,
	"topics" jsonb NOT NULL,
	"email" text NOT NULL,
	"at" bigint NOT NULL,
	"confirmed_at" bigint,
	CONSTRAINT "consent_ask_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "form" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"intro" text DEFAULT '' NOT NULL,
	"button" text DEFAULT '' NOT NULL,
	"fields" jsonb NOT NULL,
	"topics" jsonb NOT NULL,
	"confirm" boolean DEFAULT true NOT NULL,
	"may_update" boolean DEFAULT false NOT NULL,
	"thanks" jsonb NOT NULL,
	"origins" jsonb NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"archived_at" bigint,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "form_answer" (
	"bucket" smallint NOT NULL,
	"at" bigint NOT NULL,
	"event_id" text NOT NULL,
	"contact_id" bigint NOT NULL,
	"form_id" text NOT NULL,
	CONSTRAINT "form_answer_bucket_at_event_id_pk" PRIMARY KEY("bucket","at","event_id")
);
--> statement-breakpoint
ALTER TABLE "write_key" ADD COLUMN "public_key" text;--> statement-breakpoint
CREATE INDEX "consent_ask_contact" ON "consent_ask" USING btree ("bucket","contact_id");--> statement-breakpoint
CREATE INDEX "form_answer_form" ON "form_answer" USING btree ("form_id","at");--> statement-breakpoint
CREATE INDEX "form_answer_contact" ON "form_answer" USING btree ("bucket","contact_id");