-- The reading interface: stable names for documents, lists, sqlite3 and Datasette.
-- Columns may be added in later versions; none is renamed or removed without a new major version.

-- An action is open while its last event is; `closed_at` keeps that beside it so that open ones are found at once.
CREATE TRIGGER action_event_closes AFTER INSERT ON action_event BEGIN
  UPDATE action SET closed_at = (
    SELECT CASE WHEN e.state IN ('done', 'dropped') THEN e.at END FROM action_event e
    WHERE e.action_id = NEW.action_id ORDER BY e.at DESC, e.id DESC LIMIT 1
  ) WHERE id = NEW.action_id;
END;
CREATE TRIGGER action_event_reopens AFTER DELETE ON action_event BEGIN
  UPDATE action SET closed_at = (
    SELECT CASE WHEN e.state IN ('done', 'dropped') THEN e.at END FROM action_event e
    WHERE e.action_id = OLD.action_id ORDER BY e.at DESC, e.id DESC LIMIT 1
  ) WHERE id = OLD.action_id;
END;
CREATE TRIGGER action_event_changes AFTER UPDATE OF action_id, state, at ON action_event BEGIN
  UPDATE action SET closed_at = (
    SELECT CASE WHEN e.state IN ('done', 'dropped') THEN e.at END FROM action_event e
    WHERE e.action_id = action.id ORDER BY e.at DESC, e.id DESC LIMIT 1
  ) WHERE id IN (OLD.action_id, NEW.action_id);
END;

-- What was sent stays as it was sent; a newer document may supersede it. (A series or a meeting that it belonged to
-- may go: then it stands alone, with the same words.)
CREATE TRIGGER document_is_frozen
BEFORE UPDATE OF id, kind, title, format, body, sha256, as_of, sent_at, zone, supersedes_id ON document BEGIN
  SELECT raise(ABORT, 'a sent document is frozen: send a new one, which supersedes it');
END;
CREATE TRIGGER document_is_kept BEFORE DELETE ON document BEGIN
  SELECT raise(ABORT, 'a sent document is frozen: send a new one, which supersedes it');
END;

CREATE VIEW entries AS
  SELECT e.id, e.kind, e.lead, e.text, e.visibility, e.origin, e.at, e.zone, e.position, e.answers_id,
    e.meeting_id, m.slug AS meeting, m.title AS meeting_title, m.starts_at AS met_at, m.status AS meeting_status,
    m.series_id, s.slug AS series, s.title AS series_title, coalesce(m.role, s.role) AS role,
    coalesce(e.project_id, m.project_id, s.project_id) AS project_id,
    e.speaker_id, p.handle AS speaker, p.name AS speaker_name, coalesce(p.is_me, 0) AS said_by_me
  FROM entry e
  LEFT JOIN meeting m ON m.id = e.meeting_id
  LEFT JOIN series s ON s.id = m.series_id
  LEFT JOIN person p ON p.id = e.speaker_id;

CREATE VIEW actions AS
  SELECT a.id, a.entry_id, e.text, e.visibility, e.at AS opened_at, e.zone, a.due AS first_due, a.done_test,
    a.closed_at, a.root_id, r.text AS root, r.visibility AS root_visibility,
    a.owner_id, p.handle AS owner, p.name AS owner_name, coalesce(p.is_me, 0) AS is_mine,
    e.meeting_id, m.slug AS meeting, m.starts_at AS met_at, m.series_id, s.slug AS series,
    coalesce(m.role, s.role) AS role, coalesce(e.project_id, m.project_id, s.project_id) AS project_id
  FROM action a
  JOIN entry e ON e.id = a.entry_id
  LEFT JOIN entry r ON r.id = a.root_id
  LEFT JOIN person p ON p.id = a.owner_id
  LEFT JOIN meeting m ON m.id = e.meeting_id
  LEFT JOIN series s ON s.id = m.series_id;

CREATE VIEW action_events AS
  SELECT v.id, v.action_id, v.state, v.at, v.zone, v.due, v.because, v.meeting_id, v.origin FROM action_event v;

CREATE VIEW meetings AS
  SELECT m.id, m.slug, m.title, m.starts_at, m.zone, m.minutes, m.status, m.agenda, m.expect, m.ended_at,
    m.series_id, s.slug AS series, s.title AS series_title, coalesce(m.role, s.role) AS role,
    coalesce(m.project_id, s.project_id) AS project_id,
    (SELECT group_concat(p.name, ', ') FROM meeting_person mp JOIN person p ON p.id = mp.person_id
      WHERE mp.meeting_id = m.id) AS people
  FROM meeting m LEFT JOIN series s ON s.id = m.series_id;

CREATE VIEW idea_events AS
  SELECT v.id, v.idea_id, i.slug AS idea, v.at, v.zone, v.status, v.confidence, v.because, v.mood, v.revive_if,
    v.revisit_when, v.by_id, p.name AS by_name, v.entry_id, v.origin, coalesce(e.visibility, 'open') AS visibility
  FROM idea_event v
  JOIN idea i ON i.id = v.idea_id
  LEFT JOIN person p ON p.id = v.by_id
  LEFT JOIN entry e ON e.id = v.entry_id;

CREATE VIEW ideas AS
  SELECT i.id, i.slug, i.title, i.claim, i.resolve_by, i.outcome, i.resolved_at, i.project_id, i.visibility,
    (SELECT v.status FROM idea_event v WHERE v.idea_id = i.id AND v.status IS NOT NULL
      ORDER BY v.at DESC, v.id DESC LIMIT 1) AS status,
    (SELECT v.confidence FROM idea_event v WHERE v.idea_id = i.id AND v.confidence IS NOT NULL
      ORDER BY v.at DESC, v.id DESC LIMIT 1) AS confidence
  FROM idea i;

CREATE VIEW documents AS
  SELECT d.id, d.kind, d.title, d.format, d.body, d.sha256, d.as_of, d.sent_at, d.zone, d.supersedes_id,
    d.series_id, s.slug AS series, d.meeting_id, m.slug AS meeting,
    (SELECT group_concat(p.name, ', ') FROM recipient r JOIN person p ON p.id = r.person_id
      WHERE r.document_id = d.id) AS sent_to
  FROM document d LEFT JOIN series s ON s.id = d.series_id LEFT JOIN meeting m ON m.id = d.meeting_id;

-- Pairs that the user compared; `cause` is unset while a pair is open.
CREATE VIEW tensions AS
  SELECT t.id, t.first_id, t.second_id, t.found_at, t.zone, t.cause, t.because, t.resolved_at, t.question_id
  FROM tension t;

CREATE VIEW guesses AS
  SELECT g.id, g.advice_id, g.question, g.asked_at, g.zone, g.verdict, g.real_reason, g.resolved_at,
    e.text AS advice, e.visibility, e.speaker_id AS adviser_id, p.handle AS adviser, p.name AS adviser_name,
    m.series_id
  FROM guess g
  JOIN entry e ON e.id = g.advice_id
  LEFT JOIN person p ON p.id = e.speaker_id
  LEFT JOIN meeting m ON m.id = e.meeting_id;

-- What each person was told, when, and by which document.
CREATE VIEW told AS
  SELECT r.person_id, c.record, c.record_id, d.sent_at, d.id AS document_id, d.kind
  FROM citation c JOIN document d ON d.id = c.document_id JOIN recipient r ON r.document_id = d.id;
