CREATE TABLE "last_lists" (
	"workspace" text NOT NULL,
	"connection_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	"campaigns" jsonb NOT NULL,
	CONSTRAINT "last_lists_workspace_connection_id_pk" PRIMARY KEY("workspace","connection_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"facts" jsonb NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "people_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "scope" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "not_reversed" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "troubled_at" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "mark" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "name_unread" boolean;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "called_now" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "open_account_key" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "after_note" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch_since" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch_until" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch_for" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "overtaken" jsonb;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "note" text;--> statement-breakpoint
CREATE INDEX "people_by_time" ON "people" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "connections_of_account" ON "connections" USING btree ("workspace","account");--> statement-breakpoint
CREATE INDEX "targets_of_account" ON "targets" USING btree ("workspace","account","campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_open_account" ON "targets" USING btree ("open_account_key");