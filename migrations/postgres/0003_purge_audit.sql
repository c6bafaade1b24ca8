-- A line of the audit is still never changed, and deleted only with its whole workspace: in the transaction
-- that removes an uninstalled workspace, which holds a row of "purges" while it runs and takes it away at its end.
DROP TRIGGER "audit_is_for_good" ON "audit";
--> statement-breakpoint
CREATE TRIGGER "audit_is_for_good" BEFORE UPDATE OR TRUNCATE ON "audit"
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_for_good();
--> statement-breakpoint
CREATE FUNCTION audit_goes_with_its_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF EXISTS (SELECT 1 FROM "purges" WHERE "purges"."workspace" = OLD."workspace") THEN
		RETURN OLD;
	END IF;
	RAISE EXCEPTION 'a line of the audit is never changed or deleted';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_goes_with_its_workspace" BEFORE DELETE ON "audit"
FOR EACH ROW EXECUTE FUNCTION audit_goes_with_its_workspace();
