CREATE TABLE "attempts" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"target_id" text NOT NULL,
	"number" integer NOT NULL,
	"action" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"result" text,
	"detail" text,
	CONSTRAINT "attempts_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"workspace" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"event" text NOT NULL,
	"subject" text NOT NULL,
	"detail" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_workspace_seq_pk" PRIMARY KEY("workspace","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"workspace" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"proof" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "canaries" (
	"kid" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"action" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"until_at" bigint,
	"asked_by" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"channel" text NOT NULL,
	"verdict" jsonb NOT NULL,
	"policy_version" integer NOT NULL,
	"expires_at" bigint,
	"decided_at" bigint,
	"ended_at" bigint,
	"follows" text,
	"version" integer NOT NULL,
	CONSTRAINT "changes_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "choices" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"person" text NOT NULL,
	"set_id" text NOT NULL,
	"wish" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "choices_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"vendor" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"base_url" text NOT NULL,
	"options" jsonb NOT NULL,
	"sealed_secret" text NOT NULL,
	"secret_hint" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text NOT NULL,
	"broken_since" bigint,
	CONSTRAINT "connections_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"workspace" text PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"time" text NOT NULL,
	"zone" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" bigint NOT NULL,
	"last_date" text
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"workspace" text,
	"payload" jsonb NOT NULL,
	"run_at" bigint NOT NULL,
	"tries" integer NOT NULL,
	"urgent" boolean NOT NULL,
	"lease_token" text,
	"key" text,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"failed" boolean NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"workspace" text NOT NULL,
	"version" integer NOT NULL,
	"document" jsonb NOT NULL,
	"saved_at" bigint NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "policies_workspace_version_pk" PRIMARY KEY("workspace","version")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"change_id" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"shown_version" integer NOT NULL,
	"gone" boolean NOT NULL,
	CONSTRAINT "posts_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"change_id" text NOT NULL,
	"position" integer NOT NULL,
	"connection_id" text NOT NULL,
	"connection" text NOT NULL,
	"connection_version" integer NOT NULL,
	"vendor" text NOT NULL,
	"campaign_id" text NOT NULL,
	"campaign_name" text NOT NULL,
	"open_key" text,
	"state" text NOT NULL,
	"before_word" text,
	"after_word" text,
	"sentence" text,
	"checked_at" bigint,
	"attempts" integer NOT NULL,
	"first_attempt_at" bigint,
	"last_attempt" text,
	"reads" integer NOT NULL,
	"stumbles" integer NOT NULL,
	CONSTRAINT "targets_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "votes" (
	"workspace" text NOT NULL,
	"change_id" text NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"at" bigint NOT NULL,
	"steps" jsonb NOT NULL,
	CONSTRAINT "votes_workspace_change_id_person_pk" PRIMARY KEY("workspace","change_id","person")
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_workspace_target_id_targets_workspace_id_fk" FOREIGN KEY ("workspace","target_id") REFERENCES "public"."targets"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_workspace_change_id_changes_workspace_id_fk" FOREIGN KEY ("workspace","change_id") REFERENCES "public"."changes"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_workspace_change_id_changes_workspace_id_fk" FOREIGN KEY ("workspace","change_id") REFERENCES "public"."changes"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "votes" ADD CONSTRAINT "votes_workspace_change_id_changes_workspace_id_fk" FOREIGN KEY ("workspace","change_id") REFERENCES "public"."changes"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_number" ON "attempts" USING btree ("workspace","target_id","number");--> statement-breakpoint
CREATE INDEX "audit_of_subject" ON "audit" USING btree ("workspace","subject");--> statement-breakpoint
CREATE INDEX "changes_by_time" ON "changes" USING btree ("workspace","asked_at");--> statement-breakpoint
CREATE INDEX "changes_by_state" ON "changes" USING btree ("state","workspace");--> statement-breakpoint
CREATE INDEX "choices_of_set" ON "choices" USING btree ("workspace","set_id");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_name" ON "connections" USING btree ("workspace","name_key");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("done_at","kind","run_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_key" ON "jobs" USING btree ("key");--> statement-breakpoint
CREATE UNIQUE INDEX "posts_place" ON "posts" USING btree ("workspace","channel","ts");--> statement-breakpoint
CREATE INDEX "posts_of_change" ON "posts" USING btree ("workspace","change_id");--> statement-breakpoint
CREATE INDEX "targets_of_change" ON "targets" USING btree ("workspace","change_id");--> statement-breakpoint
CREATE INDEX "targets_of_campaign" ON "targets" USING btree ("workspace","connection_id","campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_open" ON "targets" USING btree ("open_key");