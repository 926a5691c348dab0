CREATE SEQUENCE "public"."wheel_chunk" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."id_block" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."inbox_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "sign_in_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text DEFAULT 'reviewer' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"key" text NOT NULL,
	"zone" text,
	"owner_side" text DEFAULT 'marketing' NOT NULL,
	"owner_id" text,
	"stage" text DEFAULT 'name' NOT NULL,
	"facts" jsonb NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"merged_into" bigint,
	"deleted_at" bigint,
	CONSTRAINT "contact_bucket_id_pk" PRIMARY KEY("bucket","id"),
	CONSTRAINT "contact_bucket_of_id" CHECK ("contact"."bucket" = ("contact"."id" & 1023))
);
--> statement-breakpoint
CREATE TABLE "identity" (
	"value" text NOT NULL,
	"kind" text NOT NULL,
	"contact_id" bigint NOT NULL,
	CONSTRAINT "identity_value_kind_pk" PRIMARY KEY("value","kind")
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"key" text NOT NULL,
	"dimension" text NOT NULL,
	"points" integer NOT NULL,
	"at" bigint NOT NULL,
	"rule" text NOT NULL,
	"cause" jsonb NOT NULL,
	CONSTRAINT "ledger_bucket_contact_id_key_pk" PRIMARY KEY("bucket","contact_id","key")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"bucket" smallint NOT NULL,
	"contact_id" bigint NOT NULL,
	"segment_id" text NOT NULL,
	"since" bigint,
	"recheck_at" bigint,
	CONSTRAINT "member_bucket_contact_id_segment_id_pk" PRIMARY KEY("bucket","contact_id","segment_id")
);
--> statement-breakpoint
CREATE TABLE "seen" (
	"message_id" text PRIMARY KEY NOT NULL,
	"day" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "field" (
	"key" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"type" text NOT NULL,
	"options" jsonb,
	"after_outcome" boolean DEFAULT false NOT NULL,
	"system" boolean DEFAULT false NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "segment" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"condition" jsonb NOT NULL,
	"status" text DEFAULT 'building' NOT NULL,
	"count" integer,
	"counted_at" bigint,
	"rev" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"preheader" text DEFAULT '' NOT NULL,
	"body" text DEFAULT '' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"purpose" text DEFAULT 'marketing' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"archived_at" bigint,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template_version" (
	"template_id" text NOT NULL,
	"version" integer NOT NULL,
	"subject" text NOT NULL,
	"preheader" text NOT NULL,
	"body" text NOT NULL,
	"text" text NOT NULL,
	"purpose" text NOT NULL,
	"saved_by" text,
	"saved_at" bigint NOT NULL,
	CONSTRAINT "template_version_template_id_version_pk" PRIMARY KEY("template_id","version")
);
--> statement-breakpoint
CREATE TABLE "enrolment" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"flow_id" text NOT NULL,
	"key" text NOT NULL,
	"gen" integer DEFAULT 0 NOT NULL,
	"entry" integer NOT NULL,
	"version" integer NOT NULL,
	"node" text NOT NULL,
	"node_since" bigint NOT NULL,
	"entered_at" bigint NOT NULL,
	"due_at" bigint,
	"vars" jsonb NOT NULL,
	"seq" integer NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"ended_at" bigint,
	"end_how" text,
	"end_label" text,
	CONSTRAINT "enrolment_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"bucket" smallint NOT NULL,
	"enrolment_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"due" bigint,
	"steps" jsonb NOT NULL,
	CONSTRAINT "journal_bucket_enrolment_id_seq_pk" PRIMARY KEY("bucket","enrolment_id","seq")
);
--> statement-breakpoint
CREATE TABLE "node_delta" (
	"bucket" smallint NOT NULL,
	"id" bigserial NOT NULL,
	"flow_id" text NOT NULL,
	"node" text NOT NULL,
	"port" text NOT NULL,
	"hour" integer NOT NULL,
	"n" integer NOT NULL,
	CONSTRAINT "node_delta_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "wheel" (
	"bucket" smallint NOT NULL,
	"slot" bigint NOT NULL,
	"chunk" bigint NOT NULL,
	"ids" bigint[] NOT NULL,
	CONSTRAINT "wheel_bucket_slot_chunk_pk" PRIMARY KEY("bucket","slot","chunk")
);
--> statement-breakpoint
CREATE TABLE "dead" (
	"bucket" smallint NOT NULL,
	"seq" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"error" text NOT NULL,
	"failed_at" bigint NOT NULL,
	CONSTRAINT "dead_bucket_seq_pk" PRIMARY KEY("bucket","seq")
);
--> statement-breakpoint
CREATE TABLE "event" (
	"bucket" smallint NOT NULL,
	"at" bigint NOT NULL,
	"id" text NOT NULL,
	"contact_id" bigint NOT NULL,
	"type" text NOT NULL,
	"props" jsonb NOT NULL,
	"received_at" bigint NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	CONSTRAINT "event_bucket_at_id_pk" PRIMARY KEY("bucket","at","id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "event_type" (
	"name" text PRIMARY KEY NOT NULL,
	"first_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"bucket" smallint NOT NULL,
	"seq" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "inbox_bucket_seq_pk" PRIMARY KEY("bucket","seq")
);
--> statement-breakpoint
CREATE TABLE "flow" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"draft" jsonb NOT NULL,
	"draft_rev" integer DEFAULT 0 NOT NULL,
	"live_version" integer,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"updated_by" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pause" (
	"flow_id" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint,
	"by" text,
	CONSTRAINT "pause_flow_id_from_at_pk" PRIMARY KEY("flow_id","from_at")
);
--> statement-breakpoint
CREATE TABLE "scan" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"flow_id" text,
	"segment_id" text,
	"node" text,
	"status" text NOT NULL,
	"bucket" integer DEFAULT 0 NOT NULL,
	"after_id" bigint DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"found" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"error" text,
	"by_id" text,
	"by_name" text,
	"started_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "version" (
	"flow_id" text NOT NULL,
	"version" integer NOT NULL,
	"graph" jsonb NOT NULL,
	"hash" text NOT NULL,
	"published_at" bigint NOT NULL,
	"published_by" text,
	"notes" text DEFAULT '' NOT NULL,
	CONSTRAINT "version_flow_id_version_pk" PRIMARY KEY("flow_id","version")
);
--> statement-breakpoint
CREATE TABLE "handoff" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"key" text NOT NULL,
	"flow_id" text NOT NULL,
	"object_key" text NOT NULL,
	"entry" integer NOT NULL,
	"version" integer NOT NULL,
	"node" text NOT NULL,
	"team_id" text NOT NULL,
	"rep_id" text,
	"state" text NOT NULL,
	"rev" integer DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"packet" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"assigned_at" bigint,
	"answered_at" bigint,
	"closed_at" bigint,
	"assign_reason" jsonb,
	"reject_reason" text,
	"reject_note" text,
	CONSTRAINT "handoff_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "rep_load" (
	"team_id" text NOT NULL,
	"rep_id" text NOT NULL,
	"open" integer DEFAULT 0 NOT NULL,
	"given" integer DEFAULT 0 NOT NULL,
	"accepted" integer DEFAULT 0 NOT NULL,
	"last_at" bigint,
	CONSTRAINT "rep_load_team_id_rep_id_pk" PRIMARY KEY("team_id","rep_id")
);
--> statement-breakpoint
CREATE TABLE "team" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_member" (
	"team_id" text NOT NULL,
	"user_id" text NOT NULL,
	"weight" integer DEFAULT 1 NOT NULL,
	"cap" integer,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "team_member_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "team_queue" (
	"team_id" text NOT NULL,
	"seq" bigserial NOT NULL,
	"handoff_id" bigint NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "team_queue_team_id_seq_pk" PRIMARY KEY("team_id","seq")
);
--> statement-breakpoint
CREATE TABLE "send" (
	"bucket" smallint NOT NULL,
	"id" bigint NOT NULL,
	"contact_id" bigint NOT NULL,
	"key" text NOT NULL,
	"flow_id" text NOT NULL,
	"object_key" text NOT NULL,
	"entry" integer NOT NULL,
	"version" integer NOT NULL,
	"node" text NOT NULL,
	"template_id" text NOT NULL,
	"template_version" integer,
	"purpose" text NOT NULL,
	"status" text NOT NULL,
	"at" bigint NOT NULL,
	"message_id" text,
	"from_address" text,
	"to_address" text,
	"subject" text,
	"html" text,
	"text" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" bigint,
	"claimed_by" text,
	"claimed_until" bigint,
	"sent_at" bigint,
	"last_error" text,
	CONSTRAINT "send_bucket_id_pk" PRIMARY KEY("bucket","id")
);
--> statement-breakpoint
CREATE TABLE "send_link" (
	"bucket" smallint NOT NULL,
	"send_id" bigint NOT NULL,
	"n" integer NOT NULL,
	"url" text NOT NULL,
	CONSTRAINT "send_link_bucket_send_id_n_pk" PRIMARY KEY("bucket","send_id","n")
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"epoch" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lease" (
	"bucket" smallint PRIMARY KEY NOT NULL,
	"owner" text DEFAULT '' NOT NULL,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"expires_at" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"owner" text PRIMARY KEY NOT NULL,
	"started_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_job" (
	"id" text PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"path" text,
	"size" bigint DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"settings" jsonb NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"error" text,
	"by_id" text,
	"by_name" text,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "import_reject" (
	"job_id" text NOT NULL,
	"line" bigint NOT NULL,
	"reason" text NOT NULL,
	"raw" text NOT NULL,
	CONSTRAINT "import_reject_job_id_line_pk" PRIMARY KEY("job_id","line")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" integer PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"plan_rev" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "workspace_single" CHECK ("workspace"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "write_key" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"last4" text NOT NULL,
	"origins" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"last_used_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_template_id_template_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."template"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pause" ADD CONSTRAINT "pause_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version" ADD CONSTRAINT "version_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_reject" ADD CONSTRAINT "import_reject_job_id_import_job_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_job"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_token" ON "invitation" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verification_identifier" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "contact_created" ON "contact" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "contact_key" ON "contact" USING btree ("key" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "identity_contact" ON "identity" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "member_segment" ON "member" USING btree ("segment_id","bucket","contact_id") WHERE since is not null;--> statement-breakpoint
CREATE INDEX "member_recheck" ON "member" USING btree ("recheck_at") WHERE recheck_at is not null;--> statement-breakpoint
CREATE INDEX "seen_day" ON "seen" USING btree ("day");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_passage" ON "enrolment" USING btree ("bucket","contact_id","flow_id","key","gen");--> statement-breakpoint
CREATE INDEX "enrolment_flow" ON "enrolment" USING btree ("flow_id","gen","bucket","id");--> statement-breakpoint
CREATE INDEX "node_delta_flow" ON "node_delta" USING btree ("flow_id");--> statement-breakpoint
CREATE INDEX "dead_contact" ON "dead" USING btree ("bucket","contact_id");--> statement-breakpoint
CREATE INDEX "event_contact" ON "event" USING btree ("bucket","contact_id","type","at");--> statement-breakpoint
CREATE INDEX "scan_status" ON "scan" USING btree ("status");--> statement-breakpoint
CREATE UNIQUE INDEX "handoff_key" ON "handoff" USING btree ("bucket","key");--> statement-breakpoint
CREATE INDEX "handoff_contact" ON "handoff" USING btree ("bucket","contact_id");--> statement-breakpoint
CREATE INDEX "handoff_rep" ON "handoff" USING btree ("rep_id","state");--> statement-breakpoint
CREATE INDEX "handoff_team" ON "handoff" USING btree ("team_id","state");--> statement-breakpoint
CREATE INDEX "handoff_routing" ON "handoff" USING btree ("created_at") WHERE state = 'routing';--> statement-breakpoint
CREATE INDEX "team_member_user" ON "team_member" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_queue_handoff" ON "team_queue" USING btree ("team_id","handoff_id");--> statement-breakpoint
CREATE UNIQUE INDEX "send_key" ON "send" USING btree ("bucket","key");--> statement-breakpoint
CREATE INDEX "send_contact" ON "send" USING btree ("bucket","contact_id","at");--> statement-breakpoint
CREATE INDEX "send_queue" ON "send" USING btree ("next_attempt_at") WHERE status in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "send_at" ON "send" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "send_message" ON "send" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "worker_seen" ON "worker" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "write_key_hash" ON "write_key" USING btree ("hash");