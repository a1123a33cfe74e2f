-- Why the filing (备案) does not cover a waiting upload, as approval answered last. Empty where it does, and in rows of the version before.
ALTER TABLE "waiting_upload" ADD COLUMN "obstacle" TEXT NOT NULL DEFAULT '';
