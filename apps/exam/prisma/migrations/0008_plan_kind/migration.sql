-- AlterTable
ALTER TABLE "plan" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT '';
