ALTER TABLE "targets" ADD COLUMN "watch_since" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch_until" bigint;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "watch_for" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "overtaken" jsonb;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "note" text;