CREATE TABLE "refused" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"flow_id" text NOT NULL,
	"node" text NOT NULL,
	"at" bigint NOT NULL,
	"why" text NOT NULL,
	CONSTRAINT "refused_bucket_contact_id_flow_id_node_at_pk" PRIMARY KEY("bucket","contact_id","flow_id","node","at")
);
--> statement-breakpoint
CREATE TABLE "schedule" (
	"flow_id" text NOT NULL,
	"node" text NOT NULL,
	"every" text NOT NULL,
	"next_at" bigint,
	"last_at" bigint,
	"missed" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "schedule_flow_id_node_pk" PRIMARY KEY("flow_id","node")
);
--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "share" double precision DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "match_from" bigint;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "since" bigint;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "share" double precision;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "field" text;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "dimension" text;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "occurrence" bigint;--> statement-breakpoint
ALTER TABLE "scan" ADD COLUMN "missed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "refused_flow" ON "refused" USING btree ("flow_id","at");--> statement-breakpoint
CREATE INDEX "refused_at" ON "refused" USING btree ("at");