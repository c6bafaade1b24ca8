CREATE FUNCTION audit_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'a line of the audit is never changed or deleted';
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_is_for_good" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit"
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_for_good();
