-- The summaries of `veille export`, in SQL that DuckDB and SQLite both read. Near-copies (articles.duplicate_of) are left out.

CREATE VIEW originals AS
SELECT * FROM articles WHERE duplicate_of IS NULL;

-- The sum of money of each story, in euros of the day of the first article that tells it.
CREATE VIEW story_sums AS
SELECT story_id, eur_min, eur_max
FROM (SELECT s.story_id, a.eur_min, a.eur_max,
             row_number() OVER (PARTITION BY s.story_id ORDER BY o.published_start NULLS LAST, e.event_id) AS nth
      FROM stories s
      JOIN story_events t ON t.story_id = s.story_id
      JOIN events e ON e.event_id = t.event_id
      JOIN originals o ON o.article_id = e.article_id
      JOIN amounts a ON a.amount_id = e.amount_id AND a.kind = 'money' AND a.unit = s.unit
                    AND coalesce(a.min, -1) = coalesce(s.min, -1) AND coalesce(a.max, -1) = coalesce(s.max, -1)) told
WHERE nth = 1;

-- What each organisation gave, got, paid or was asked for: one row an organisation, part (agent, target) and type of event. A fact
-- counts once, however often it is told; where several share a sum (three investors of a round), each has all of it.
CREATE VIEW money_by_company AS
SELECT n.entity_id, n.name, p.part, s.type, count(*) AS n_stories, sum(m.eur_min) AS eur_min, sum(m.eur_max) AS eur_max,
       min(s.first_published) AS first_published, max(s.first_published) AS last_published
FROM (SELECT DISTINCT t.story_id, p.part, p.entity_id
      FROM story_events t JOIN event_participants p ON p.event_id = t.event_id) p
JOIN stories s ON s.story_id = p.story_id
JOIN story_sums m ON m.story_id = p.story_id
JOIN entities n ON n.entity_id = p.entity_id AND n.type = 'ORG'
GROUP BY n.entity_id, n.name, p.part, s.type
ORDER BY eur_max DESC, n.entity_id, p.part, s.type;

-- Who is quoted, how often, in how many articles, from when to when.
CREATE VIEW quotes_by_person AS
SELECT n.entity_id, n.name, n.type, count(*) AS n_quotes, count(DISTINCT q.article_id) AS n_articles,
       min(o.published_start) AS first_published, max(o.published_start) AS last_published
FROM quotes q
JOIN entities n ON n.entity_id = q.speaker_entity_id
JOIN originals o ON o.article_id = q.article_id
GROUP BY n.entity_id, n.name, n.type
ORDER BY n_quotes DESC, n.entity_id;

-- Every stated fact on its day, else on the day of the article that tells it.
CREATE VIEW events_timeline AS
SELECT coalesce(d.start_date, o.published_start) AS day,
       CASE WHEN d.start_date IS NULL THEN 'published' ELSE 'stated' END AS day_from,
       e.type, e.text,
       (SELECT group_concat(named.name, ', ')
        FROM (SELECT n.name FROM event_participants p JOIN entities n ON n.entity_id = p.entity_id
              WHERE p.event_id = e.event_id AND p.part = 'agent' ORDER BY n.name) named) AS agents,
       (SELECT group_concat(named.name, ', ')
        FROM (SELECT n.name FROM event_participants p JOIN entities n ON n.entity_id = p.entity_id
              WHERE p.event_id = e.event_id AND p.part = 'target' ORDER BY n.name) named) AS targets,
       a.text AS amount, a.eur_min, a.eur_max, e.event_id, e.article_id
FROM events e
JOIN originals o ON o.article_id = e.article_id
LEFT JOIN amounts a ON a.amount_id = e.amount_id
LEFT JOIN dates d ON d.date_id = e.date_id
ORDER BY day, e.event_id;
