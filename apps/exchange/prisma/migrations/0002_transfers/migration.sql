-- Transfers to 公安 and 纪检监察 (M8, M9): two more kinds of messages, one more agency. A transfer is a letter like a notice,
-- with the hash list of its package, an inquiry asks what the agency decided on it.
ALTER TABLE "message" DROP CONSTRAINT "message_known";
ALTER TABLE "message" ADD CONSTRAINT "message_known" CHECK (
  "agency" IN ('MINISTRY', 'POLICE', 'MARKET_REGULATOR', 'DISCIPLINE')
  AND "kind" IN ('upload', 'withdraw', 'notice', 'transfer', 'inquiry')
  AND "state" IN ('PENDING', 'ACKNOWLEDGED', 'PARTLY_REJECTED'));
