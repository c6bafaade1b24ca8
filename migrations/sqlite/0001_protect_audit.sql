CREATE TRIGGER `audit_is_never_changed` BEFORE UPDATE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'a line of the audit is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_is_never_deleted` BEFORE DELETE ON `audit`
BEGIN
	SELECT RAISE(ABORT, 'a line of the audit is never deleted');
END;
