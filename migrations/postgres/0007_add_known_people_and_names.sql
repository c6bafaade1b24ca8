CREATE TABLE "people" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"facts" jsonb NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "people_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "name_unread" boolean;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "called_now" text;--> statement-breakpoint
CREATE INDEX "people_by_time" ON "people" USING btree ("seen_at");