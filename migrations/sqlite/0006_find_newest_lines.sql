DROP INDEX `audit_of_subject`;--> statement-breakpoint
CREATE INDEX `audit_of_subject` ON `audit` (`workspace`,`subject`,`seq`);