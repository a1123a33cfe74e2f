-- AlterTable
ALTER TABLE "case_entry" ADD COLUMN     "particulars" JSONB NOT NULL DEFAULT '{}';
