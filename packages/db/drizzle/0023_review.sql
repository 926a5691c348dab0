CREATE TABLE "draft_editor" (
	"flow_id" text NOT NULL,
	"user_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "draft_editor_flow_id_user_id_pk" PRIMARY KEY("flow_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "flow_comment" (
	"id" text PRIMARY KEY NOT NULL,
	"flow_id" text NOT NULL,
	"thread" text NOT NULL,
	"node" text,
	"text" text NOT NULL,
	"mentions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"by_id" text NOT NULL,
	"at" bigint NOT NULL,
	"resolved_by" text,
	"resolved_at" bigint
);
--> statement-breakpoint
CREATE TABLE "review" (
	"id" text PRIMARY KEY NOT NULL,
	"flow_id" text NOT NULL,
	"hash" text NOT NULL,
	"rev" integer NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"ended" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "reviewer" (
	"review_id" text NOT NULL,
	"user_id" text NOT NULL,
	"asked" boolean NOT NULL,
	"answer" text,
	"hash" text,
	"note" text DEFAULT '' NOT NULL,
	"at" bigint,
	CONSTRAINT "reviewer_review_id_user_id_pk" PRIMARY KEY("review_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "reasons" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "version" ADD COLUMN "acknowledged" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "version" ADD COLUMN "approved_by" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "draft_editor" ADD CONSTRAINT "draft_editor_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_comment" ADD CONSTRAINT "flow_comment_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review" ADD CONSTRAINT "review_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviewer" ADD CONSTRAINT "reviewer_review_id_review_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."review"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flow_comment_flow" ON "flow_comment" USING btree ("flow_id","at");--> statement-breakpoint
CREATE INDEX "review_flow" ON "review" USING btree ("flow_id","asked_at");