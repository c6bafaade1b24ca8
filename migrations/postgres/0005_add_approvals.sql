CREATE TABLE "absences" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"stand_in" text NOT NULL,
	"since" bigint NOT NULL,
	"until_at" bigint NOT NULL,
	CONSTRAINT "absences_workspace_person_pk" PRIMARY KEY("workspace","person")
);
--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "stop" boolean;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "asked_as" jsonb;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "escalated_at" bigint;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "ratify_by" bigint;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "ratified" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "ratified_by" text;--> statement-breakpoint
ALTER TABLE "changes" ADD COLUMN "ratified_at" bigint;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "copy" boolean;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "reach" jsonb;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "reach_at" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "since_word" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "since_at" bigint;--> statement-breakpoint
ALTER TABLE "votes" ADD COLUMN "instead" text;--> statement-breakpoint
CREATE INDEX "absences_by_stand_in" ON "absences" USING btree ("workspace","stand_in");