-- What was made while a court had paused the order's hold is not the order's, also after the hold stands again.
ALTER TABLE messaging.hold ADD COLUMN was_paused boolean NOT NULL DEFAULT false;
