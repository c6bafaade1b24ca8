CREATE TABLE "install_states" (
	"hash" text PRIMARY KEY NOT NULL,
	"browser" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "org_workspaces" (
	"workspace" text PRIMARY KEY NOT NULL,
	"enterprise" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "purges" (
	"workspace" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"enterprise" text,
	"org_wide" boolean NOT NULL,
	"sealed_token" text NOT NULL,
	"version" integer NOT NULL,
	"app_id" text NOT NULL,
	"bot_id" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"scopes" text NOT NULL,
	"installed_by" text NOT NULL,
	"installed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "org_workspaces_of" ON "org_workspaces" USING btree ("enterprise");