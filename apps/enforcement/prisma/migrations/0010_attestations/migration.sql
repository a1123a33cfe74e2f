-- What each service signs of its fence and of its counts. Fences from before are asked for again when their order is counted.
ALTER TABLE "fence" ADD COLUMN "attestation" JSONB;

CREATE TABLE "attested_count" (
    "order_id" TEXT NOT NULL,
    "lifting" INTEGER NOT NULL,
    "statements" JSONB NOT NULL,

    CONSTRAINT "attested_count_pkey" PRIMARY KEY ("order_id", "lifting")
);
