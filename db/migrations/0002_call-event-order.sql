DROP INDEX "call_events_call";--> statement-breakpoint
ALTER TABLE "call_events" ADD COLUMN "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "call_events_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
CREATE INDEX "call_events_call" ON "call_events" USING btree ("call_id","position");