-- What a transfer order hands over (移送材料), closed when it is signed: references to documents and attachments with the
-- hashes that they had then. 国务院令310号 §6.
CREATE TABLE "transfer_item" (
    "order_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "document_id" TEXT NOT NULL,
    "attachment_id" TEXT NOT NULL,

    CONSTRAINT "transfer_item_pkey" PRIMARY KEY ("order_id","position")
);

ALTER TABLE "transfer_item" ADD CONSTRAINT "transfer_item_is_one" CHECK (("document_id" = '') <> ("attachment_id" = ''));
