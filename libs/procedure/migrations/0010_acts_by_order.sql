-- Acts of one order, for the list of acts; looks at persons by one officer are counted by act_by.
CREATE INDEX act_order ON procedure.act (order_id, id) WHERE order_id <> '';
