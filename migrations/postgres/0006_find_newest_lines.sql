DROP INDEX "audit_of_subject";--> statement-breakpoint
CREATE INDEX "audit_of_subject" ON "audit" USING btree ("workspace","subject","seq");