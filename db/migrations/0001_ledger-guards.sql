-- The app's role: owns nothing, and is asked for by the connection (`options=-c role=callside_app`). Where the owner may not make or
-- grant roles, somebody who may has done both before.
DO $$ BEGIN
  CREATE ROLE callside_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT callside_app TO %I', current_user);
EXCEPTION WHEN duplicate_object OR unique_violation OR invalid_grant_operation OR insufficient_privilege THEN NULL;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO callside_app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO callside_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON people, person_roles, teams, sessions, known_devices, calls, escalations, set_up_links, sign_in_tries, idempotency_keys TO callside_app;
--> statement-breakpoint
GRANT DELETE ON sign_in_tries, idempotency_keys TO callside_app;
--> statement-breakpoint
-- Ledgers only grow.
GRANT INSERT ON call_events, consultations, trail_events, recording_events, audit_events TO callside_app;
--> statement-breakpoint
-- The row that is saved every few words stays light: room on the page for heap-only updates.
ALTER TABLE calls SET (fillfactor = 75);
--> statement-breakpoint
ALTER TABLE audit_head SET (fillfactor = 10);
--> statement-breakpoint
INSERT INTO audit_head (id, position, hash) VALUES (1, 0, repeat('0', 64));
--> statement-breakpoint
-- The words that are hashed: every column, in one order, times in UTC.
CREATE FUNCTION audit_words(event audit_events) RETURNS text LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
  SELECT jsonb_build_array(event.id, to_char(event.at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), event.actor_id, event.session_id, host(event.ip), event.kind,
    event.subject_id, event.call_id, event.scope_person_id, event.scope_team_id, event.detail)::text
$$;
--> statement-breakpoint
-- Deferred to the commit, so that the chain's head is the last lock taken. Tells listeners which room changed, with ids only;
-- reading changes nothing, and telling of it would make a screen that shows a call read it again and again.
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head audit_head%ROWTYPE; link text;
BEGIN
  SELECT * INTO STRICT head FROM audit_head WHERE id = 1 FOR UPDATE;
  link := encode(sha256(convert_to(head.hash || audit_words(NEW), 'UTF8')), 'hex');
  INSERT INTO audit_chain (position, event_id, hash) VALUES (head.position + 1, NEW.id, link);
  UPDATE audit_head SET position = head.position + 1, hash = link WHERE id = 1;
  IF NEW.kind <> 'call.read' AND (NEW.scope_person_id IS NOT NULL OR NEW.scope_team_id IS NOT NULL OR NEW.kind LIKE 'guidance.%' OR NEW.kind LIKE 'session.%') THEN
    PERFORM pg_notify('callside', json_build_object('position', head.position + 1, 'kind', NEW.kind, 'id', NEW.subject_id,
      'person', NEW.scope_person_id, 'team', NEW.scope_team_id)::text);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_link AFTER INSERT ON audit_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link();
--> statement-breakpoint
-- A version's words never change once it is no draft; only its state may move.
CREATE FUNCTION guidance_version_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'a guidance version that has left draft is never deleted' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'draft' AND (NEW.content, NEW.sources, NEW.topic, NEW.number, NEW.content_hash) IS DISTINCT FROM (OLD.content, OLD.sources, OLD.topic, OLD.number, OLD.content_hash) THEN
    RAISE EXCEPTION 'a guidance version that has left draft never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guidance_version_stands BEFORE UPDATE OR DELETE ON guidance_versions FOR EACH ROW EXECUTE FUNCTION guidance_version_stands();
--> statement-breakpoint
-- A finished call is read-only; corrections are addenda.
CREATE FUNCTION finished_call_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'finished' THEN RAISE EXCEPTION 'a finished call never changes' USING ERRCODE = 'restrict_violation'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER finished_call_stands BEFORE UPDATE OR DELETE ON calls FOR EACH ROW EXECUTE FUNCTION finished_call_stands();
--> statement-breakpoint
-- A call is closed only with a record: the rule is in the service, and this is its net.
ALTER TABLE calls ADD CONSTRAINT finished_has_record CHECK (state <> 'finished' OR (disposition_code IS NOT NULL AND ended_at IS NOT NULL AND finished_at IS NOT NULL));
