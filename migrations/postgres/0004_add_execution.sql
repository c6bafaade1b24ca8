ALTER TABLE "changes" ADD COLUMN "asked_in" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "share" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "digest" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "begun_at" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch" text;