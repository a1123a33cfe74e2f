-- Names are searched by trigrams over one text: the name, its pinyin and its initials. Filled by the service, which knows pinyin.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

ALTER TABLE "institution" ADD COLUMN "search_text" TEXT;

CREATE INDEX "institution_search_text_idx" ON "institution" USING GIN ("search_text" gin_trgm_ops);
