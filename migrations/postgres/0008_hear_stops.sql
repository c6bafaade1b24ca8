CREATE TABLE "stops" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"at" bigint NOT NULL,
	"asked_by" jsonb NOT NULL,
	"connection_ids" jsonb NOT NULL,
	"read_at" bigint,
	CONSTRAINT "stops_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE INDEX "stops_by_time" ON "stops" USING btree ("workspace","at");