-- From when until when a limit stood still (中止), oldest first: [[from, until], …]. A limit that is counted anew from its beginning gets that time back again.
ALTER TABLE procedure."limit" ADD COLUMN stops jsonb NOT NULL DEFAULT '[]';
