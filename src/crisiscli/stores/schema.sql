-- The record, version 1. Every rule of the send record stands here too, so that no program can break it by mistake.
-- No table has a rowid: REPLACE on a rowid would remove a row without waking a trigger.

CREATE TABLE about (
  mode TEXT PRIMARY KEY CHECK (mode IN ('LIVE', 'DRILL'))
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  n INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code <> ''),
  mode TEXT NOT NULL REFERENCES about (mode),
  title TEXT NOT NULL,
  opened TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX incident_spoken ON incident (code COLLATE NOCASE);

CREATE TABLE event (
  incident TEXT NOT NULL REFERENCES incident (code),
  seq INTEGER NOT NULL CHECK (seq > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind <> ''),
  data TEXT NOT NULL,
  prev TEXT NOT NULL CHECK (length(prev) = 64),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (incident, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_end ON event (incident, seq, kind) WHERE kind IN ('ended', 'reopened_incident');

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  n INTEGER NOT NULL UNIQUE,
  name TEXT,
  spoken TEXT UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE recipient (
  id TEXT PRIMARY KEY,
  incident TEXT NOT NULL REFERENCES incident (code),
  address TEXT,
  name TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE rendering (
  n INTEGER PRIMARY KEY,
  incident TEXT NOT NULL REFERENCES incident (code),
  id TEXT NOT NULL,
  message TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  title TEXT,
  body TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  author TEXT NOT NULL,
  facts TEXT NOT NULL CHECK (json_type(facts) = 'array'),
  roles TEXT NOT NULL CHECK (json_array_length(roles) > 0),
  four_eyes INTEGER NOT NULL CHECK (four_eyes IN (0, 1)),
  kept TEXT NOT NULL,
  UNIQUE (incident, id),
  CHECK (id = message || '/' || channel || '/' || language || '@' || substr(sha256, 1, 16))
) STRICT, WITHOUT ROWID;
CREATE INDEX rendering_place ON rendering (incident, message, channel, language);

CREATE TABLE approval (
  n INTEGER PRIMARY KEY,
  rendering INTEGER NOT NULL REFERENCES rendering (n),
  sha256 TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role <> ''),
  person TEXT NOT NULL CHECK (person <> ''),
  how TEXT NOT NULL CHECK (how <> ''),
  recorded_by TEXT NOT NULL CHECK (recorded_by <> ''),
  at TEXT NOT NULL,
  tag TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX approval_rendering ON approval (rendering, role);

-- n is the place in the list the caller gave; fence is the newest approval there was when a row failed.
CREATE TABLE dispatch (
  rendering INTEGER NOT NULL REFERENCES rendering (n),
  n INTEGER NOT NULL,
  id TEXT NOT NULL,
  provider TEXT NOT NULL,
  audience TEXT NOT NULL,
  recipient TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'draft'
    CHECK (state IN ('draft', 'approved', 'sending', 'sent', 'failed', 'unknown', 'retracted')),
  owner TEXT NOT NULL DEFAULT '',
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  kind TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  proof TEXT NOT NULL DEFAULT '',
  handed TEXT NOT NULL DEFAULT '',
  fence INTEGER NOT NULL DEFAULT 0,
  changed TEXT NOT NULL,
  PRIMARY KEY (rendering, n),
  CHECK (state <> 'sending' OR owner <> ''),
  CHECK ((owner = 'person') = (handed <> ''))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX dispatch_id ON dispatch (id);
CREATE UNIQUE INDEX dispatch_place ON dispatch (recipient, rendering, audience);
CREATE INDEX dispatch_state ON dispatch (rendering, state, n);
CREATE INDEX dispatch_waiting ON dispatch (rendering, provider, audience, n) WHERE state = 'approved';
CREATE INDEX dispatch_unsettled ON dispatch (rendering, recipient, audience, state)
  WHERE state IN ('sending', 'unknown');

-- The roles whose yes to these exact bytes is still missing.
CREATE VIEW missing_yes AS
  SELECT r.n AS rendering, needed.value AS role
  FROM rendering r, json_each(r.roles) needed
  WHERE NOT EXISTS (
    SELECT 1 FROM approval a
    WHERE a.rendering = r.n AND a.role = needed.value AND a.sha256 = r.sha256
      AND (r.four_eyes = 0 OR a.person <> r.author));

-- What is sending or unknown, with the place it was meant for.
CREATE VIEW unsettled AS
  SELECT r.n AS other, o.n AS rendering, o.id AS id, d.audience AS audience, d.recipient AS recipient, d.state AS state
  FROM rendering r
  CROSS JOIN rendering o ON o.incident = r.incident AND o.message = r.message
    AND o.channel = r.channel AND o.language = r.language AND o.n <> r.n
  CROSS JOIN dispatch d ON d.rendering = o.n AND d.state IN ('sending', 'unknown');

CREATE TRIGGER about_insert BEFORE INSERT ON about WHEN EXISTS (SELECT 1 FROM about)
BEGIN SELECT RAISE(ABORT, 'A file is LIVE or DRILL for good.'); END;
CREATE TRIGGER about_update BEFORE UPDATE ON about
BEGIN SELECT RAISE(ABORT, 'A file is LIVE or DRILL for good.'); END;
CREATE TRIGGER about_delete BEFORE DELETE ON about
BEGIN SELECT RAISE(ABORT, 'A file is LIVE or DRILL for good.'); END;

CREATE TRIGGER incident_insert BEFORE INSERT ON incident
BEGIN
  SELECT RAISE(ABORT, 'A drill and a live incident never share a file.')
  WHERE NEW.mode IS NOT (SELECT mode FROM about);
  SELECT RAISE(ABORT, 'This code name is taken.')
  WHERE EXISTS (SELECT 1 FROM incident WHERE n = NEW.n)
    OR EXISTS (SELECT 1 FROM incident WHERE code = NEW.code COLLATE NOCASE);
END;
CREATE TRIGGER incident_update BEFORE UPDATE ON incident
BEGIN SELECT RAISE(ABORT, 'An incident keeps its code name, mode, title and opening.'); END;
CREATE TRIGGER incident_delete BEFORE DELETE ON incident
BEGIN SELECT RAISE(ABORT, 'An incident is never removed.'); END;

CREATE TRIGGER event_insert BEFORE INSERT ON event
BEGIN
  SELECT RAISE(ABORT, 'There is no such incident.')
  WHERE NOT EXISTS (SELECT 1 FROM incident WHERE code = NEW.incident);
  SELECT RAISE(ABORT, 'An event comes right after the last one.')
  WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE incident = NEW.incident);
  SELECT RAISE(ABORT, 'An event names the hash of the one before it.')
  WHERE NEW.prev IS NOT coalesce((SELECT hash FROM event WHERE incident = NEW.incident AND seq = NEW.seq - 1),
    '0000000000000000000000000000000000000000000000000000000000000000');
END;
CREATE TRIGGER event_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'Events are never changed.'); END;
CREATE TRIGGER event_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'Events are never removed.'); END;

CREATE TRIGGER person_insert BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM person WHERE n = NEW.n)
  OR EXISTS (SELECT 1 FROM person WHERE spoken = NEW.spoken)
BEGIN SELECT RAISE(ABORT, 'This person is already known.'); END;
CREATE TRIGGER person_update BEFORE UPDATE ON person
WHEN NEW.id IS NOT OLD.id OR NEW.n IS NOT OLD.n OR NEW.name IS NOT NULL OR NEW.spoken IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'A name can be erased, not changed.'); END;
CREATE TRIGGER person_delete BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'A name can be erased; the person stays.'); END;

CREATE TRIGGER recipient_insert BEFORE INSERT ON recipient
WHEN EXISTS (SELECT 1 FROM recipient WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'This recipient is already known.'); END;
CREATE TRIGGER recipient_update BEFORE UPDATE ON recipient
WHEN NEW.id IS NOT OLD.id OR NEW.incident IS NOT OLD.incident
  OR (OLD.address IS NOT NULL AND NEW.address IS NOT NULL AND NEW.address <> OLD.address)
BEGIN SELECT RAISE(ABORT, 'An address can be erased, not changed.'); END;
CREATE TRIGGER recipient_delete BEFORE DELETE ON recipient
BEGIN SELECT RAISE(ABORT, 'An address can be erased; the recipient stays.'); END;

CREATE TRIGGER rendering_insert BEFORE INSERT ON rendering
WHEN EXISTS (SELECT 1 FROM rendering WHERE n = NEW.n)
  OR EXISTS (SELECT 1 FROM rendering WHERE incident = NEW.incident AND id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'These words are already kept.'); END;
CREATE TRIGGER rendering_insert_roles BEFORE INSERT ON rendering
WHEN coalesce(json_array_length(NEW.roles), 0) < 1
BEGIN SELECT RAISE(ABORT, 'Words need at least one role that approves them.'); END;
CREATE TRIGGER rendering_update BEFORE UPDATE ON rendering
BEGIN SELECT RAISE(ABORT, 'Kept words are never changed; other words are kept beside them.'); END;
CREATE TRIGGER rendering_delete BEFORE DELETE ON rendering
BEGIN SELECT RAISE(ABORT, 'Kept words are never removed.'); END;

CREATE TRIGGER approval_insert BEFORE INSERT ON approval
BEGIN
  SELECT RAISE(ABORT, 'An approval comes right after the last one.')
  WHERE NEW.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM approval);
  SELECT RAISE(ABORT, 'This is a yes to other words than the ones kept.')
  WHERE NOT EXISTS (SELECT 1 FROM rendering WHERE n = NEW.rendering AND sha256 = NEW.sha256);
  SELECT RAISE(ABORT, 'Who wrote the words cannot be the one who approves them.')
  WHERE EXISTS (SELECT 1 FROM rendering WHERE n = NEW.rendering AND four_eyes <> 0 AND author = NEW.person);
END;
CREATE TRIGGER approval_update BEFORE UPDATE ON approval
BEGIN SELECT RAISE(ABORT, 'Approvals are never changed.'); END;
CREATE TRIGGER approval_delete BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'Approvals are never removed.'); END;

CREATE TRIGGER dispatch_insert BEFORE INSERT ON dispatch
BEGIN
  SELECT RAISE(ABORT, 'This place already has a line in the send record.')
  WHERE EXISTS (SELECT 1 FROM dispatch WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM dispatch WHERE rendering = NEW.rendering AND n = NEW.n)
    OR EXISTS (SELECT 1 FROM dispatch WHERE rendering = NEW.rendering AND recipient = NEW.recipient
      AND (audience = NEW.audience OR (recipient <> '' AND state <> 'retracted')));
  SELECT RAISE(ABORT, 'The send record begins with draft or approved.')
  WHERE NEW.state NOT IN ('draft', 'approved') OR NEW.owner <> '' OR NEW.attempt <> 0
    OR NEW.handed <> '' OR NEW.proof <> '';
  SELECT RAISE(ABORT, 'There are no such words.')
  WHERE NOT EXISTS (SELECT 1 FROM rendering WHERE n = NEW.rendering);
END;
CREATE TRIGGER dispatch_insert_approved BEFORE INSERT ON dispatch WHEN NEW.state = 'approved'
BEGIN
  SELECT RAISE(ABORT, 'A role has not approved these exact words.')
  WHERE EXISTS (SELECT 1 FROM missing_yes WHERE rendering = NEW.rendering);
  SELECT RAISE(ABORT, 'Other words for this place are sending or unknown; settle them first.')
  WHERE EXISTS (SELECT 1 FROM unsettled WHERE other = NEW.rendering
    AND recipient = NEW.recipient AND audience = NEW.audience);
END;
CREATE TRIGGER dispatch_delete BEFORE DELETE ON dispatch
BEGIN SELECT RAISE(ABORT, 'The send record is never removed.'); END;

CREATE TRIGGER dispatch_final BEFORE UPDATE ON dispatch WHEN OLD.state IN ('sent', 'retracted')
BEGIN SELECT RAISE(ABORT, 'What is sent or retracted stays so.'); END;
CREATE TRIGGER dispatch_identity BEFORE UPDATE ON dispatch
WHEN NEW.id IS NOT OLD.id OR NEW.rendering IS NOT OLD.rendering OR NEW.n IS NOT OLD.n
  OR NEW.audience IS NOT OLD.audience OR NEW.recipient IS NOT OLD.recipient
  OR (NEW.provider IS NOT OLD.provider AND OLD.state NOT IN ('draft', 'approved', 'failed'))
BEGIN SELECT RAISE(ABORT, 'What goes where is never changed in the send record.'); END;
CREATE TRIGGER dispatch_move BEFORE UPDATE ON dispatch
WHEN NEW.state IS NOT OLD.state AND coalesce(OLD.state || '>' || NEW.state, '') NOT IN (
  'draft>approved', 'draft>retracted', 'approved>sending', 'approved>retracted',
  'sending>sent', 'sending>failed', 'sending>unknown', 'failed>approved', 'failed>retracted',
  'unknown>sent', 'unknown>failed', 'unknown>approved')
BEGIN SELECT RAISE(ABORT, 'The send record does not allow this move.'); END;
CREATE TRIGGER dispatch_approved BEFORE UPDATE ON dispatch
WHEN NEW.state IS NOT OLD.state AND NEW.state IN ('approved', 'sending')
BEGIN
  SELECT RAISE(ABORT, 'A role has not approved these exact words.')
  WHERE EXISTS (SELECT 1 FROM missing_yes WHERE rendering = NEW.rendering);
  SELECT RAISE(ABORT, 'Other words for this place are sending or unknown; settle them first.')
  WHERE EXISTS (SELECT 1 FROM unsettled WHERE other = NEW.rendering
    AND recipient = NEW.recipient AND audience = NEW.audience);
  SELECT RAISE(ABORT, 'The address was erased.')
  WHERE NEW.recipient <> '' AND NOT EXISTS (
    SELECT 1 FROM recipient WHERE id = NEW.recipient AND address IS NOT NULL);
END;
CREATE TRIGGER dispatch_again BEFORE UPDATE ON dispatch WHEN OLD.state = 'failed' AND NEW.state = 'approved'
BEGIN
  SELECT RAISE(ABORT, 'What failed needs a new approval before it is tried again.')
  WHERE NOT EXISTS (
    SELECT 1 FROM approval a JOIN rendering r ON r.n = a.rendering JOIN json_each(r.roles) needed
    WHERE a.rendering = NEW.rendering AND a.n > OLD.fence AND a.role = needed.value AND a.sha256 = r.sha256);
END;
CREATE TRIGGER dispatch_fence BEFORE UPDATE ON dispatch
WHEN (NEW.fence IS NOT OLD.fence AND NOT (NEW.state = 'failed' AND OLD.state <> 'failed'))
  OR (NEW.state = 'failed' AND OLD.state <> 'failed' AND NEW.fence < (SELECT coalesce(max(n), 0) FROM approval))
BEGIN SELECT RAISE(ABORT, 'A failure remembers the newest approval there was.'); END;
CREATE TRIGGER dispatch_owner BEFORE UPDATE ON dispatch
WHEN NOT (
  (OLD.state = 'approved' AND NEW.state = 'sending' AND NEW.attempt = OLD.attempt + 1
    AND NEW.owner NOT IN ('', 'person') AND NEW.handed = '')
  OR (OLD.state = 'sending' AND NEW.state = 'sending' AND NEW.attempt = OLD.attempt
    AND OLD.handed = '' AND NEW.handed <> '' AND NEW.owner = 'person')
  OR (NOT (OLD.state = 'approved' AND NEW.state = 'sending') AND NEW.attempt IS OLD.attempt
    AND NEW.owner IS OLD.owner AND NEW.handed IS OLD.handed))
BEGIN SELECT RAISE(ABORT, 'Only a claim or a hand-over says who carries it.'); END;

-- A send record as large as they get, told to the planner from the start: on an empty file it would guess that a
-- Rendering has ten rows, and walk all of them for every recipient.
ANALYZE;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('dispatch', 'dispatch', '100000 10000 1'),
  ('dispatch', 'dispatch_id', '100000 1'),
  ('dispatch', 'dispatch_place', '100000 10 1 1'),
  ('dispatch', 'dispatch_state', '100000 10000 2000 1'),
  ('dispatch', 'dispatch_unsettled', '100 50 1 1 1'),
  ('rendering', 'rendering', '200 1'),
  ('rendering', 'rendering_place', '200 200 20 2 1'),
  ('recipient', 'recipient', '100000 1'),
  ('event', 'event', '10000 1000 1'),
  ('event', 'event_end', '10 5 1 1'),
  ('approval', 'approval', '400 1'),
  ('approval', 'approval_rendering', '400 2 1');
ANALYZE sqlite_master;
