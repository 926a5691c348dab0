CREATE TABLE "agreement" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"archived_at" bigint,
	"review_told" text
);
--> statement-breakpoint
CREATE TABLE "agreement_signature" (
	"id" text PRIMARY KEY NOT NULL,
	"agreement_id" text NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"hash" text NOT NULL,
	"at" bigint NOT NULL,
	"ended_at" bigint,
	"ended" text,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "agreement_version" (
	"agreement_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" jsonb NOT NULL,
	"hash" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL,
	"in_force_at" bigint,
	"replaced_at" bigint,
	CONSTRAINT "agreement_version_agreement_id_version_pk" PRIMARY KEY("agreement_id","version")
);
--> statement-breakpoint
ALTER TABLE "agreement_signature" ADD CONSTRAINT "agreement_signature_agreement_id_agreement_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreement"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_version" ADD CONSTRAINT "agreement_version_agreement_id_agreement_id_fk" FOREIGN KEY ("agreement_id") REFERENCES "public"."agreement"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agreement_signature_of" ON "agreement_signature" USING btree ("agreement_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_signature_side" ON "agreement_signature" USING btree ("agreement_id","version","side") WHERE ended_at is null;