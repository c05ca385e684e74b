-- The summaries of `veille export`, in SQL that DuckDB and SQLite both read. Near-copies (articles.duplicate_of) are left out.

CREATE VIEW originals AS
SELECT * FROM articles WHERE duplicate_of IS NULL;

-- What each organisation gave, got, paid or was asked for: one row an organisation, part (agent, target) and type of event, in
-- euros of the publication day. Two articles on one fact count twice: n_events and n_articles tell.
CREATE VIEW money_by_company AS
SELECT n.entity_id, n.name, p.part, e.type, count(*) AS n_events, count(DISTINCT e.article_id) AS n_articles,
       sum(a.eur_min) AS eur_min, sum(a.eur_max) AS eur_max, min(o.published_start) AS first_published,
       max(o.published_start) AS last_published
FROM event_participants p
JOIN events e ON e.event_id = p.event_id
JOIN amounts a ON a.amount_id = e.amount_id AND a.kind = 'money'
JOIN entities n ON n.entity_id = p.entity_id AND n.type = 'ORG'
JOIN originals o ON o.article_id = e.article_id
GROUP BY n.entity_id, n.name, p.part, e.type
ORDER BY eur_max DESC, n.entity_id, p.part, e.type;

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
