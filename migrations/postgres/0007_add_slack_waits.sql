ALTER TABLE "changes" ADD COLUMN "not_reversed" text;--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "troubled_at" bigint;