-- Who handles a case and its orders after another authority took it over (提级、指定管辖), the officers of the case (承办人),
-- and what a step rests on. `authority` and `number` stay those of the opening. An empty `handled_by` means `authority`.
-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "handled_by" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "case_file" ADD COLUMN     "handled_by" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "handled_number" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "officer_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "officers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "case_entry" ADD COLUMN     "counterpart" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "document_no" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "officer_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "officers" TEXT[] DEFAULT ARRAY[]::TEXT[];

CREATE INDEX "case_file_handled_by" ON "case_file" ("handled_by", "sequence") WHERE "handled_by" <> '';
CREATE INDEX "orders_handled_by" ON "orders" ("handled_by", "sequence") WHERE "handled_by" <> '';
CREATE INDEX "case_file_officers" ON "case_file" USING gin ("officers");
