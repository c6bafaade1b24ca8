CREATE TABLE "last_lists" (
	"workspace" text NOT NULL,
	"connection_id" text NOT NULL,
	"read_at" bigint NOT NULL,
	"campaigns" jsonb NOT NULL,
	CONSTRAINT "last_lists_workspace_connection_id_pk" PRIMARY KEY("workspace","connection_id")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "scope" jsonb;