-- AlterTable
ALTER TABLE "scope_line" ADD COLUMN     "implementing_department" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "specification" TEXT NOT NULL DEFAULT '';
