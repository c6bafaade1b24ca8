CREATE TABLE "repeats" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"actor" text NOT NULL,
	"event" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb NOT NULL,
	"since" bigint NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "repeats_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
ALTER TABLE "canaries" ADD COLUMN "retired_at" bigint;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "sealed_refresh" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "token_ends_at" bigint;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "refresh_after" bigint;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "refresh_lease" text;--> statement-breakpoint
CREATE INDEX "repeats_by_time" ON "repeats" USING btree ("since");--> statement-breakpoint
ALTER TABLE "install_states" DROP COLUMN "browser";