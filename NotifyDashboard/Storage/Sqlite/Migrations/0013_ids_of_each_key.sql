-- An external id may be taken once for each publisher that does not see the other's topics: who may take it is looked up with each publish.
DROP INDEX notifications_external_id;
CREATE INDEX notifications_external_id ON notifications (external_id) WHERE external_id IS NOT NULL;
DROP INDEX scheduled_external_id;
CREATE INDEX scheduled_external_id ON scheduled (external_id) WHERE external_id IS NOT NULL;

-- What a publisher may not replace stays beside its own of the same collapse key.
DROP INDEX notifications_collapse;
CREATE INDEX notifications_collapse ON notifications (collapse) WHERE collapse IS NOT NULL;

-- Whether its collapse key replaces what others published. Of those that wait already only an operator's is known to.
ALTER TABLE scheduled ADD COLUMN may_manage INTEGER NOT NULL DEFAULT 0;
UPDATE scheduled SET may_manage = 1 WHERE created_from IS NOT NULL;
