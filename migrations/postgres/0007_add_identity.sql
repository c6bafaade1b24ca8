ALTER TABLE "connections" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "account" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "mark" text;--> statement-breakpoint
ALTER TABLE "targets" ADD COLUMN "open_account_key" text;--> statement-breakpoint
CREATE INDEX "connections_of_account" ON "connections" USING btree ("workspace","account");--> statement-breakpoint
CREATE INDEX "targets_of_account" ON "targets" USING btree ("workspace","account","campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_open_account" ON "targets" USING btree ("open_account_key");