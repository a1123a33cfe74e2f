-- When the act ended that a fine is about (处罚时效). The version before leaves the columns as they are.
ALTER TABLE "case_file" ADD COLUMN     "act_continues" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "act_ended_on" TEXT,
ADD COLUMN     "act_grave" BOOLEAN NOT NULL DEFAULT false;
