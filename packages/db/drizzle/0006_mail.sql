CREATE TABLE "test_mail" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"template_id" text,
	"contact_id" bigint,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"status" text NOT NULL,
	"transport" text NOT NULL,
	"message_id" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"purpose" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "envelope" jsonb;--> statement-breakpoint
ALTER TABLE "send" ADD COLUMN "transport" text;--> statement-breakpoint
CREATE INDEX "test_mail_at" ON "test_mail" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "send_status" ON "send" USING btree ("status","at","id") WHERE status in ('unknown', 'failed', 'withdrawn');