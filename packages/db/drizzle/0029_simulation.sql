CREATE TABLE "launch" (
	"id" text PRIMARY KEY NOT NULL,
	"flow_id" text NOT NULL,
	"due_at" bigint NOT NULL,
	"hash" text NOT NULL,
	"rev" integer NOT NULL,
	"input" jsonb NOT NULL,
	"state" text NOT NULL,
	"version" integer,
	"why" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "simulation" (
	"id" text PRIMARY KEY NOT NULL,
	"flow_id" text NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"rev" integer NOT NULL,
	"live_version" integer,
	"snapshot_at" bigint NOT NULL,
	"setting" jsonb NOT NULL,
	"status" text NOT NULL,
	"progress" double precision DEFAULT 0 NOT NULL,
	"inputs" text,
	"figures" jsonb,
	"error" text,
	"owned_until" bigint,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
ALTER TABLE "launch" ADD CONSTRAINT "launch_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "simulation" ADD CONSTRAINT "simulation_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "launch_waiting" ON "launch" USING btree ("flow_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "launch_flow" ON "launch" USING btree ("flow_id","at");--> statement-breakpoint
CREATE INDEX "simulation_flow" ON "simulation" USING btree ("flow_id","at");