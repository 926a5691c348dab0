ALTER TABLE "scan" ADD COLUMN "last_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "wheel_due" ON "wheel" USING btree ("slot","bucket","chunk");