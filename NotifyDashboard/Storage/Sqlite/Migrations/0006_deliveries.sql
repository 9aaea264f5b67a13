-- How far a notification came while it was live. Saved every few seconds: a crash may leave it a little short.
CREATE TABLE deliveries (
  sequence INTEGER PRIMARY KEY,
  offered  INTEGER NOT NULL,  -- connections that were to get it
  written  INTEGER NOT NULL   -- connections into which it was written
) STRICT;
CREATE TRIGGER delivery_goes_with_its_notification AFTER DELETE ON notifications BEGIN
  DELETE FROM deliveries WHERE sequence = old.sequence;
END;
