-- A line of the audit is still never changed, and deleted only with its whole workspace: in the transaction
-- that removes an uninstalled workspace, which holds a row of `purges` while it runs and takes it away at its end.
DROP TRIGGER `audit_is_never_deleted`;
--> statement-breakpoint
CREATE TRIGGER `audit_is_never_deleted` BEFORE DELETE ON `audit`
WHEN NOT EXISTS (SELECT 1 FROM `purges` WHERE `purges`.`workspace` = OLD.`workspace`)
BEGIN
	SELECT RAISE(ABORT, 'a line of the audit is never deleted');
END;
