PRAGMA application_id = 1229156193;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE attempt (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL,
        seconds REAL NOT NULL,
        blind BOOLEAN NOT NULL,
        day DATE NOT NULL,
        started_at DATETIME NOT NULL,
        saved_at DATETIME,
        submitted_at DATETIME,
        rated_at DATETIME,
        compared_at DATETIME,
        reference_turn_id INTEGER,
        resolution TEXT, trash_id INTEGER REFERENCES trash (id), reference_attempt_id INTEGER REFERENCES attempt (id),
        CONSTRAINT state_known CHECK (state IN ('draft', 'submitted', 'skipped')),
        CONSTRAINT number_counts_from_one CHECK (number >= 1),
        CONSTRAINT seconds_not_negative CHECK (seconds >= 0),
        CONSTRAINT submitted_when CHECK ((state = 'draft') = (submitted_at IS NULL)),
        CONSTRAINT rated_after_submitted CHECK (rated_at IS NULL OR submitted_at IS NOT NULL),
        CONSTRAINT compared_after_rated CHECK (compared_at IS NULL OR rated_at IS NOT NULL),
        CONSTRAINT attempt_number UNIQUE (question_id, number),
        FOREIGN KEY(session_id, place) REFERENCES place (session_id, place),
        UNIQUE (uid),
        FOREIGN KEY(question_id) REFERENCES question (id),
        FOREIGN KEY(reference_turn_id) REFERENCES turn (id)
    );
INSERT INTO "attempt" VALUES(1,'00000000-0000-0000-0000-00000000000d',1,1,1,1,'submitted','I wanted to see money move — and not get lost.

So I learned to code.',41.5,1,'2026-03-02','2026-03-02 12:01:40.000000','2026-03-02 12:02:20.000000','2026-03-02 12:02:20.000000','2026-03-02 12:02:40.000000','2026-03-02 12:03:20.000000',1,'say what I built first',NULL,NULL);
INSERT INTO "attempt" VALUES(2,'00000000-0000-0000-0000-00000000000e',1,2,2,1,'submitted','',12.0,1,'2026-03-02','2026-03-02 12:03:40.000000','2026-03-02 12:04:00.000000','2026-03-02 12:04:00.000000','2026-03-02 12:04:00.000000','2026-03-02 12:04:40.000000',2,NULL,NULL,NULL);
INSERT INTO "attempt" VALUES(3,'00000000-0000-0000-0000-00000000000f',1,3,3,1,'skipped','I meet people where they are.',9.0,1,'2026-03-02','2026-03-02 12:05:00.000000','2026-03-02 12:05:20.000000','2026-03-02 12:05:20.000000',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "attempt" VALUES(4,'00000000-0000-0000-0000-000000000010',1,4,4,1,'submitted','A pool keeps a few connections open and lends them out.',33.0,1,'2026-03-02','2026-03-02 12:05:40.000000','2026-03-02 12:06:00.000000','2026-03-02 12:06:00.000000','2026-03-02 12:06:20.000000','2026-03-02 12:07:00.000000',4,NULL,NULL,NULL);
INSERT INTO "attempt" VALUES(5,'00000000-0000-0000-0000-000000000011',1,4,4,2,'draft','Second try: PgBouncer in transaction mode',15.25,0,'2026-03-02','2026-03-02 12:07:20.000000','2026-03-02 12:07:40.000000',NULL,NULL,NULL,NULL,NULL,NULL,4);
CREATE TABLE decided_point (
        attempt_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        decided TEXT,
        proposed TEXT,
        score REAL,
        PRIMARY KEY (attempt_id, position),
        CONSTRAINT decided_known CHECK (decided IN ('said', 'partly', 'missed', 'left_out')),
        CONSTRAINT proposed_known CHECK (proposed IN ('said', 'partly', 'missed', 'left_out')),
        CONSTRAINT score_in_range CHECK (score BETWEEN 0 AND 1),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    );
INSERT INTO "decided_point" VALUES(1,1,'I''ve always been fascinated by the intersection of technology and finance, and I wanted to apply my coding skills to create high-performance systems that can handle the demands of high-frequency trading.','said',NULL,NULL);
INSERT INTO "decided_point" VALUES(1,2,'My experience with Python and its extensive libraries made it an ideal choice for this domain.','left_out',NULL,NULL);
INSERT INTO "decided_point" VALUES(1,3,'I''m now driven to build scalable, efficient, and secure trading platforms.','missed',NULL,NULL);
CREATE TABLE key_point (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        turn_id INTEGER,
        attempt_id INTEGER,
        question_id INTEGER,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT one_owner CHECK ((turn_id IS NOT NULL) + (attempt_id IS NOT NULL) + (question_id IS NOT NULL) = 1),
        CONSTRAINT position_counts_from_one CHECK (position >= 1),
        CONSTRAINT text_given CHECK (text <> ''),
        CONSTRAINT turn_point UNIQUE (turn_id, position),
        CONSTRAINT attempt_point UNIQUE (attempt_id, position),
        CONSTRAINT question_point UNIQUE (question_id, position),
        FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    );
INSERT INTO "key_point" VALUES(1,4,NULL,NULL,1,'A pool keeps connections open and lends them out.');
INSERT INTO "key_point" VALUES(2,4,NULL,NULL,2,'PgBouncer sits between the services and PostgreSQL.');
INSERT INTO "key_point" VALUES(3,4,NULL,NULL,3,'Its size follows from what the database can take:

```
connections = cores * 2
```');
INSERT INTO "key_point" VALUES(4,NULL,4,NULL,1,'A pool lends connections.');
INSERT INTO "key_point" VALUES(5,NULL,4,NULL,2,'They stay open.');
INSERT INTO "key_point" VALUES(6,NULL,NULL,10,1,'Ask how the team decides.');
INSERT INTO "key_point" VALUES(7,NULL,NULL,10,2,'Ask what the first three months look like.');
CREATE TABLE note (
        turn_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        changed_at DATETIME NOT NULL,
        PRIMARY KEY (turn_id),
        CONSTRAINT text_given CHECK (text <> ''),
        FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE
    );
INSERT INTO "note" VALUES(4,'PgBouncer is a separate process, not a library.','2026-03-02 12:08:00.000000');
INSERT INTO "note" VALUES(9,'Too long — two minutes at most.','2026-03-02 12:09:00.000000');
CREATE TABLE pin (
        question_id INTEGER NOT NULL,
        attempt_id INTEGER NOT NULL,
        pinned_at DATETIME NOT NULL,
        PRIMARY KEY (question_id),
        UNIQUE (attempt_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    );
INSERT INTO "pin" VALUES(4,4,'2026-03-02 12:10:00.000000');
CREATE TABLE place (
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        turn_id INTEGER,
        PRIMARY KEY (session_id, place),
        CONSTRAINT place_counts_from_one CHECK (place >= 1),
        CONSTRAINT asked_once UNIQUE (session_id, question_id),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id),
        FOREIGN KEY(turn_id) REFERENCES turn (id)
    );
INSERT INTO "place" VALUES(1,1,1,1);
INSERT INTO "place" VALUES(1,2,2,2);
INSERT INTO "place" VALUES(1,3,3,3);
INSERT INTO "place" VALUES(1,4,4,4);
INSERT INTO "place" VALUES(1,5,5,5);
INSERT INTO "place" VALUES(1,6,6,6);
INSERT INTO "place" VALUES(1,7,7,7);
INSERT INTO "place" VALUES(1,8,8,8);
INSERT INTO "place" VALUES(1,9,9,9);
INSERT INTO "place" VALUES(1,10,10,10);
CREATE TABLE question (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        stage TEXT NOT NULL,
        text TEXT NOT NULL,
        flagged BOOLEAN NOT NULL,
        transcript_id INTEGER,
        added_at DATETIME NOT NULL, suspended BOOLEAN NOT NULL DEFAULT 0, merged_into INTEGER REFERENCES question (id), trash_id INTEGER REFERENCES trash (id),
        CONSTRAINT text_given CHECK (text <> ''),
        UNIQUE (uid),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id)
    );
INSERT INTO "question" VALUES(1,'00000000-0000-0000-0000-000000000002','INTRO','What inspired you to pursue a career in FinTech, specifically in software engineering?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(2,'00000000-0000-0000-0000-000000000003','HR','What motivates you to prioritize security in your software engineering work at Nebula Systems?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(3,'00000000-0000-0000-0000-000000000004','HR','How do you foster open communication and collaboration among cross-functional teams in a fast-paced FinTech environment?',1,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(4,'00000000-0000-0000-0000-000000000005','TECHNICAL','How would you implement connection pooling in PostgreSQL to improve performance in a high-traffic microservice?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(5,'00000000-0000-0000-0000-000000000006','TECHNICAL','How would you design a Redis-based caching layer to optimize PostgreSQL queries in a high-frequency trading system?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(6,'00000000-0000-0000-0000-000000000007','TECHNICAL','How would you handle a Redis cache eviction when PostgreSQL query results are updated in real-time?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(7,'00000000-0000-0000-0000-000000000008','BEHAVIORAL','Describe a time when you optimized PostgreSQL performance using connection pooling in a high-traffic microservice.',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(8,'00000000-0000-0000-0000-000000000009','BEHAVIORAL','Can you describe a time when you optimized PostgreSQL performance using indexing?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(9,'00000000-0000-0000-0000-00000000000a','MANAGERIAL','How would you handle a team member who''s consistently not meeting deadlines in a high-pressure FinTech environment?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
INSERT INTO "question" VALUES(10,'00000000-0000-0000-0000-00000000000b','WRAP-UP','Are there any final questions you have for Nebula Systems or the Senior Python Backend Engineer role?',0,1,'2026-03-02 12:00:40.000000',0,NULL,NULL);
CREATE TABLE reference_seen (
        question_id INTEGER NOT NULL,
        seen_at DATETIME NOT NULL,
        PRIMARY KEY (question_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    );
INSERT INTO "reference_seen" VALUES(1,'2026-03-02 12:03:00.000000');
INSERT INTO "reference_seen" VALUES(2,'2026-03-02 12:04:20.000000');
INSERT INTO "reference_seen" VALUES(4,'2026-03-02 12:06:40.000000');
CREATE TABLE review (
        attempt_id INTEGER NOT NULL,
        grade INTEGER NOT NULL,
        proposed INTEGER,
        reviewed_at DATETIME NOT NULL,
        day DATE NOT NULL,
        due DATE NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        PRIMARY KEY (attempt_id),
        CONSTRAINT grade_in_range CHECK (grade BETWEEN 1 AND 4),
        CONSTRAINT proposed_in_range CHECK (proposed BETWEEN 1 AND 4),
        CONSTRAINT stability_in_range CHECK (stability BETWEEN 0.001 AND 36500),
        CONSTRAINT difficulty_in_range CHECK (difficulty BETWEEN 1 AND 10),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    );
INSERT INTO "review" VALUES(1,2,2,'2026-03-02 12:03:20.000000','2026-03-02','2026-03-03',1.2931,5.112170705601056);
INSERT INTO "review" VALUES(2,1,1,'2026-03-02 12:04:40.000000','2026-03-02','2026-03-03',0.212,6.4133);
INSERT INTO "review" VALUES(4,3,2,'2026-03-02 12:07:00.000000','2026-03-02','2026-03-04',2.3065,2.118103970459016);
CREATE TABLE saved_search (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        added_at DATETIME NOT NULL,
        CONSTRAINT name_given CHECK (name <> ''),
        CONSTRAINT text_given CHECK (text <> ''),
        UNIQUE (uid),
        UNIQUE (name)
    );
INSERT INTO "saved_search" VALUES(1,'00000000-0000-0000-0000-000000000012','Pools, once more','tag:pooling -stage:hr','2026-03-02 12:11:00.000000');
INSERT INTO "saved_search" VALUES(2,'00000000-0000-0000-0000-000000000013','Was noch fehlt – später','is:untried','2026-03-02 12:12:00.000000');
CREATE TABLE schedule (
        question_id INTEGER NOT NULL,
        due DATE NOT NULL,
        attempt_id INTEGER NOT NULL,
        PRIMARY KEY (question_id),
        UNIQUE (attempt_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES review (attempt_id) ON DELETE CASCADE
    );
INSERT INTO "schedule" VALUES(1,'2026-03-03',1);
INSERT INTO "schedule" VALUES(2,'2026-03-03',2);
INSERT INTO "schedule" VALUES(4,'2026-03-04',4);
CREATE TABLE self_rating (
        attempt_id INTEGER NOT NULL,
        look TEXT NOT NULL,
        criterion TEXT NOT NULL,
        score INTEGER NOT NULL,
        PRIMARY KEY (attempt_id, look, criterion),
        CONSTRAINT look_known CHECK (look IN ('first', 'second')),
        CONSTRAINT criterion_known CHECK (criterion IN ('clarity', 'confidence', 'technical_depth')),
        CONSTRAINT score_in_range CHECK (score BETWEEN 1 AND 10),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    );
INSERT INTO "self_rating" VALUES(1,'first','clarity',4);
INSERT INTO "self_rating" VALUES(1,'first','confidence',6);
INSERT INTO "self_rating" VALUES(1,'second','clarity',3);
INSERT INTO "self_rating" VALUES(4,'first','clarity',7);
INSERT INTO "self_rating" VALUES(4,'first','confidence',7);
INSERT INTO "self_rating" VALUES(4,'first','technical_depth',4);
INSERT INTO "self_rating" VALUES(4,'second','technical_depth',3);
CREATE TABLE session (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        mode TEXT NOT NULL,
        state TEXT NOT NULL,
        title TEXT NOT NULL,
        transcript_id INTEGER,
        started_at DATETIME NOT NULL,
        last_step_at DATETIME NOT NULL,
        finished_at DATETIME,
        CONSTRAINT mode_known CHECK (mode IN ('practice', 'mock')),
        CONSTRAINT state_known CHECK (state IN ('open', 'paused', 'finished', 'abandoned')),
        CONSTRAINT finished_when CHECK ((state = 'finished') = (finished_at IS NOT NULL)),
        UNIQUE (uid),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id)
    );
INSERT INTO "session" VALUES(1,'00000000-0000-0000-0000-00000000000c','practice','paused','Nebula Systems, Senior Python Backend Engineer',1,'2026-03-02 12:01:20.000000','2026-03-02 12:07:00.000000',NULL);
CREATE TABLE shipped (
        content_hash TEXT NOT NULL,
        file TEXT NOT NULL,
        read_at DATETIME NOT NULL,
        PRIMARY KEY (content_hash)
    );
INSERT INTO "shipped" VALUES('cbe05dcaea2c838efda8c2089b8d70b39f9df6fe0bd7e9d048cb186a879773bb','nebula-systems-senior-python-backend.txt','2026-03-02 12:01:00.000000');
CREATE TABLE tag (
        question_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (question_id, name),
        CONSTRAINT name_given CHECK (name <> ''),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    );
INSERT INTO "tag" VALUES(3,'pooling');
INSERT INTO "tag" VALUES(4,'pooling');
INSERT INTO "tag" VALUES(4,'later');
CREATE TABLE transcript (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        title TEXT NOT NULL,
        role TEXT,
        company TEXT,
        origin TEXT NOT NULL,
        source TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        encoding TEXT NOT NULL,
        byte_order_mark BOOLEAN NOT NULL,
        newline TEXT NOT NULL,
        final_newline BOOLEAN NOT NULL,
        preamble TEXT NOT NULL,
        imported_at DATETIME NOT NULL,
        published BOOLEAN NOT NULL,
        superseded_by INTEGER, trash_id INTEGER REFERENCES trash (id), held_on DATE,
        CONSTRAINT origin_known CHECK (origin IN ('recorded', 'written')),
        CONSTRAINT title_given CHECK (title <> ''),
        UNIQUE (uid),
        UNIQUE (content_hash),
        FOREIGN KEY(superseded_by) REFERENCES transcript (id)
    );
INSERT INTO "transcript" VALUES(1,'00000000-0000-0000-0000-000000000001','Nebula Systems, Senior Python Backend Engineer','Senior Python Backend Engineer','Nebula Systems','recorded','nebula-systems-senior-python-backend.txt','cbe05dcaea2c838efda8c2089b8d70b39f9df6fe0bd7e9d048cb186a879773bb','utf-8',0,'
',0,'','2026-03-02 12:00:20.000000',1,NULL,NULL,'2026-05-04');
CREATE TABLE trash (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        moved_at DATETIME NOT NULL,
        erased_at DATETIME,
        CONSTRAINT kind_known CHECK (kind IN ('questions', 'transcript', 'attempts'))
    );
INSERT INTO "trash" VALUES(1,'attempts','2026-03-02 13:00:00.000000','2026-03-02 14:00:00.000000');
CREATE TABLE turn (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        transcript_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        question_id INTEGER,
        number TEXT NOT NULL,
        stage TEXT NOT NULL,
        question TEXT NOT NULL,
        answer TEXT,
        feedback TEXT,
        written TEXT,
        asks BOOLEAN NOT NULL,
        status TEXT NOT NULL,
        clarity REAL,
        confidence REAL,
        technical_depth REAL,
        summary TEXT,
        plain_rating BOOLEAN NOT NULL,
        unreadable TEXT,
        CONSTRAINT position_counts_from_one CHECK (position >= 1),
        CONSTRAINT status_known CHECK (status IN ('rated', 'not_rated', 'failed', 'unreadable')),
        CONSTRAINT clarity_in_range CHECK (clarity BETWEEN 1 AND 10),
        CONSTRAINT confidence_in_range CHECK (confidence BETWEEN 1 AND 10),
        CONSTRAINT technical_depth_in_range CHECK (technical_depth BETWEEN 1 AND 10),
        CONSTRAINT turn_place UNIQUE (transcript_id, position),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id)
    );
INSERT INTO "turn" VALUES(1,1,1,1,'1','INTRO','What inspired you to pursue a career in FinTech, specifically in software engineering?','I''ve always been fascinated by the intersection of technology and finance, and I wanted to apply my coding skills to create high-performance systems that can handle the demands of high-frequency trading. My experience with Python and its extensive libraries made it an ideal choice for this domain. I''m now driven to build scalable, efficient, and secure trading platforms.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "Strong communication skills, confident tone, and good technical relevance. Demonstrates understanding of FinTech and Python''s suitability for high-frequency trading."}',NULL,1,'rated',8.0,9.0,NULL,'Strong communication skills, confident tone, and good technical relevance. Demonstrates understanding of FinTech and Python''s suitability for high-frequency trading.',1,NULL);
INSERT INTO "turn" VALUES(2,1,2,2,'2','HR','What motivates you to prioritize security in your software engineering work at Nebula Systems?','I''m driven by a strong desire to protect users'' sensitive data and ensure the integrity of our systems, given the high-stakes environment of high-frequency trading. My experience with secure design patterns and best practices, such as input validation and encryption, enables me to identify and mitigate potential security risks. At Nebula Systems, I''d focus on implementing robust security measures to prevent data breaches and unauthorized access.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "Strong answer with clear communication, high confidence, and relevant technical expertise. Demonstrates understanding of security in high-frequency trading environments."}',NULL,1,'rated',8.0,9.0,NULL,'Strong answer with clear communication, high confidence, and relevant technical expertise. Demonstrates understanding of security in high-frequency trading environments.',1,NULL);
INSERT INTO "turn" VALUES(3,1,3,3,'3','HR','How do you foster open communication and collaboration among cross-functional teams in a fast-paced FinTech environment?','I believe that fostering open communication and collaboration among cross-functional teams in a fast-paced FinTech environment requires active participation, clear communication, and a customer-centric approach. As a Senior Software Engineer, I encourage regular team meetings, code reviews, and open discussions to ensure everyone is aligned with project goals and objectives. Additionally, I utilize collaboration tools like Slack, Trello, or Asana to facilitate real-time communication and task management.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "The candidate provided a clear and confident answer, but lacked technical depth relevant to the job description."}',NULL,1,'rated',8.0,9.0,NULL,'The candidate provided a clear and confident answer, but lacked technical depth relevant to the job description.',1,NULL);
INSERT INTO "turn" VALUES(4,1,4,4,'4','TECHNICAL','How would you implement connection pooling in PostgreSQL to improve performance in a high-traffic microservice?','To implement connection pooling in PostgreSQL, I would use a library like pg8000 or asyncpg, which supports connection pooling out of the box. I would configure the pool to have a certain number of active connections and a maximum number of idle connections, depending on the expected traffic and resource availability. Additionally, I would consider using a connection pool library like psycopg2 or pgbouncer to further optimize performance.','{"clarity": 8, "confidence": 9, "technical_depth": 8, "summary": "The candidate demonstrates a good understanding of connection pooling in PostgreSQL, suggesting relevant libraries and configuration options. However, the answer could be more concise and specific to the context of high-traffic microservices."}',NULL,1,'rated',8.0,9.0,8.0,'The candidate demonstrates a good understanding of connection pooling in PostgreSQL, suggesting relevant libraries and configuration options. However, the answer could be more concise and specific to the context of high-traffic microservices.',1,NULL);
INSERT INTO "turn" VALUES(5,1,5,5,'5','TECHNICAL','How would you design a Redis-based caching layer to optimize PostgreSQL queries in a high-frequency trading system?','I would design a Redis-based caching layer by implementing a Least Recently Used (LRU) cache to store frequently accessed PostgreSQL query results. This would involve using Redis''s built-in LRU eviction policy and a custom key generation strategy to map query results to Redis keys. Additionally, I would utilize Redis''s Pub/Sub messaging system to handle cache invalidations and updates from the PostgreSQL database.','{"clarity": 8, "confidence": 9, "technical_depth": 9, "summary": "The candidate demonstrates a clear understanding of Redis and its application in a high-frequency trading system. They propose a well-structured caching layer with LRU eviction policy and custom key generation. Their answer showcases technical expertise and confidence in their solution."}',NULL,1,'rated',8.0,9.0,9.0,'The candidate demonstrates a clear understanding of Redis and its application in a high-frequency trading system. They propose a well-structured caching layer with LRU eviction policy and custom key generation. Their answer showcases technical expertise and confidence in their solution.',1,NULL);
INSERT INTO "turn" VALUES(6,1,6,6,'6','TECHNICAL','How would you handle a Redis cache eviction when PostgreSQL query results are updated in real-time?','To handle Redis cache eviction when PostgreSQL query results are updated in real-time, I would implement a combination of Redis''s built-in expiration (TTL) and a cache invalidation mechanism using Redis''s Publish/Subscribe model or a separate cache store like a database or another Redis instance. When a PostgreSQL query result is updated, I would trigger a notification to Redis to invalidate the corresponding cache key, ensuring that the cache is updated in real-time. This approach ensures data consistency and minimizes the impact of cache eviction.','{"clarity": 8, "confidence": 9, "technical_depth": 9, "summary": "Strong technical answer with clear explanation of Redis cache eviction and real-time cache invalidation. Demonstrates good understanding of Redis and PostgreSQL integration."}',NULL,1,'rated',8.0,9.0,9.0,'Strong technical answer with clear explanation of Redis cache eviction and real-time cache invalidation. Demonstrates good understanding of Redis and PostgreSQL integration.',1,NULL);
INSERT INTO "turn" VALUES(7,1,7,7,'7','BEHAVIORAL','Describe a time when you optimized PostgreSQL performance using connection pooling in a high-traffic microservice.','In a previous role, we were experiencing high latency in our high-frequency trading platform, which relied heavily on PostgreSQL for real-time data storage. I implemented a connection pooling strategy using pgBouncer to reduce the overhead of creating new database connections, resulting in a 30% decrease in latency and a 25% increase in transaction throughput. This improvement enabled us to handle a significant surge in traffic without compromising system performance.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "Strong answer with clear explanation of connection pooling optimization, demonstrating good technical knowledge and confidence. However, could be more concise."}',NULL,1,'rated',8.0,9.0,NULL,'Strong answer with clear explanation of connection pooling optimization, demonstrating good technical knowledge and confidence. However, could be more concise.',1,NULL);
INSERT INTO "turn" VALUES(8,1,8,8,'8','BEHAVIORAL','Can you describe a time when you optimized PostgreSQL performance using indexing?','In a previous role, I optimized a PostgreSQL database used for high-frequency trading data storage by creating a composite index on the ''timestamp'' and ''symbol'' columns, resulting in a 30% reduction in query execution time. This improvement allowed us to process and analyze large volumes of market data in real-time. I also monitored the database''s performance using pg_stat_statements to identify and address any bottlenecks.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "Strong answer with clear explanation of indexing optimization and performance monitoring. Demonstrates technical expertise in PostgreSQL and high-frequency trading. Could provide more specific metrics and details."}',NULL,1,'rated',8.0,9.0,NULL,'Strong answer with clear explanation of indexing optimization and performance monitoring. Demonstrates technical expertise in PostgreSQL and high-frequency trading. Could provide more specific metrics and details.',1,NULL);
INSERT INTO "turn" VALUES(9,1,9,9,'9','MANAGERIAL','How would you handle a team member who''s consistently not meeting deadlines in a high-pressure FinTech environment?','I''d first schedule a one-on-one meeting to understand the underlying reasons for the delays, whether it''s lack of resources, unclear expectations, or personal issues. Then, I''d work with the team member to create a revised project plan, setting realistic deadlines and milestones, and provide regular check-ins to ensure progress. If necessary, I''d also involve our team lead or manager to provide additional support and guidance.','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "The candidate demonstrates strong communication and leadership skills, but lacks technical relevance to the job description."}',NULL,1,'rated',8.0,9.0,NULL,'The candidate demonstrates strong communication and leadership skills, but lacks technical relevance to the job description.',1,NULL);
INSERT INTO "turn" VALUES(10,1,10,10,'10','WRAP-UP','Are there any final questions you have for Nebula Systems or the Senior Python Backend Engineer role?','I do have a few questions. Firstly, can you elaborate on the team''s approach to continuous learning and staying up-to-date with the latest advancements in high-frequency trading and Python development?

Additionally, what are the primary metrics used to measure the success of this role, and how does the team currently utilize tools like Redis to optimize system performance?','{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "The candidate demonstrates strong technical knowledge and confidence in their abilities. They ask relevant and insightful questions, showcasing their interest in the role and the company''s approach to continuous learning and optimization."}',NULL,1,'rated',8.0,9.0,NULL,'The candidate demonstrates strong technical knowledge and confidence in their abilities. They ask relevant and insightful questions, showcasing their interest in the role and the company''s approach to continuous learning and optimization.',1,NULL);
CREATE TABLE wording (
        "key" TEXT NOT NULL,
        question_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY ("key"),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    );
INSERT INTO "wording" VALUES('ac67bdc111e3403f3c530cf2463d3957be42443196ddc48d7d1e07d888eb396d',1,'What inspired you to pursue a career in FinTech, specifically in software engineering?');
INSERT INTO "wording" VALUES('5ccffb1077ab29778c47d27e53b09fa4856f08d65619c1b57f5b21826fdac7c0',2,'What motivates you to prioritize security in your software engineering work at Nebula Systems?');
INSERT INTO "wording" VALUES('7b33330782376178c85c044b1e5ac15913de5a79ed47e07bc3cd10eb6f973914',3,'How do you foster open communication and collaboration among cross-functional teams in a fast-paced FinTech environment?');
INSERT INTO "wording" VALUES('ae233caac7246e1416c2f696459b0419b10fa8c9450f39faed65998fb55326bd',4,'How would you implement connection pooling in PostgreSQL to improve performance in a high-traffic microservice?');
INSERT INTO "wording" VALUES('fe3a55c41ad691ca8359fc92304d274b54d94c1df270ae6250e86111beee97f1',5,'How would you design a Redis-based caching layer to optimize PostgreSQL queries in a high-frequency trading system?');
INSERT INTO "wording" VALUES('625d714a8eefee114efb7c8339a6cf9bd9fb28c1f1e1a9f439a29428cd9df59b',6,'How would you handle a Redis cache eviction when PostgreSQL query results are updated in real-time?');
INSERT INTO "wording" VALUES('64fa596482d08c2261ed21e2ed2a2c6b616ffe884c2c12fc90cfd693c9083993',7,'Describe a time when you optimized PostgreSQL performance using connection pooling in a high-traffic microservice.');
INSERT INTO "wording" VALUES('36c5a77b72274b30b3f611a3850130cf398692b25789fd9df9c62385ec7109f6',8,'Can you describe a time when you optimized PostgreSQL performance using indexing?');
INSERT INTO "wording" VALUES('e26864c5a2a5f6fe2907ef6e6025da8487fc9d6b6aea7360821161841b14f051',9,'How would you handle a team member who''s consistently not meeting deadlines in a high-pressure FinTech environment?');
INSERT INTO "wording" VALUES('8b37cc752ed3517979aa8df36fc9ea2c663b7653d726bf34da7c1c3a1a42e41b',10,'Are there any final questions you have for Nebula Systems or the Senior Python Backend Engineer role?');
CREATE INDEX transcript_source ON transcript (source)
    ;
CREATE INDEX question_stage ON question (stage, id)
    ;
CREATE INDEX question_transcript ON question (transcript_id)
    ;
CREATE INDEX wording_question ON wording (question_id)
    ;
CREATE INDEX turn_question ON turn (question_id)
    ;
CREATE UNIQUE INDEX session_open ON session (state) WHERE state = 'open'
    ;
CREATE INDEX place_question ON place (question_id)
    ;
CREATE INDEX attempt_day ON attempt (day)
    ;
CREATE UNIQUE INDEX attempt_draft ON attempt (session_id, place) WHERE state = 'draft'
    ;
CREATE INDEX attempt_place ON attempt (session_id, place)
    ;
CREATE INDEX transcript_trash ON transcript (trash_id) WHERE trash_id IS NOT NULL;
CREATE INDEX question_trash ON question (trash_id) WHERE trash_id IS NOT NULL;
CREATE INDEX question_merged ON question (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX attempt_trash ON attempt (trash_id) WHERE trash_id IS NOT NULL;
CREATE INDEX tag_name ON tag (name);
CREATE INDEX attempt_reference ON attempt (reference_attempt_id) WHERE reference_attempt_id IS NOT NULL;
CREATE INDEX review_day ON review (day);
CREATE INDEX schedule_due ON schedule (due);
CREATE INDEX turn_stage ON turn (stage);
CREATE INDEX question_flagged ON question (flagged) WHERE flagged;
CREATE INDEX question_suspended ON question (suspended) WHERE suspended;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('transcript',1);
INSERT INTO "sqlite_sequence" VALUES('question',10);
INSERT INTO "sqlite_sequence" VALUES('turn',10);
INSERT INTO "sqlite_sequence" VALUES('session',1);
INSERT INTO "sqlite_sequence" VALUES('attempt',5);
INSERT INTO "sqlite_sequence" VALUES('trash',1);
INSERT INTO "sqlite_sequence" VALUES('key_point',7);
INSERT INTO "sqlite_sequence" VALUES('saved_search',2);
CREATE VIRTUAL TABLE answer_search USING fts5(
        answer, content = 'turn', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
CREATE VIRTUAL TABLE attempt_search USING fts5(
        text, resolution, content = 'attempt', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
CREATE VIRTUAL TABLE note_search USING fts5(
        text, content = 'note', content_rowid = 'turn_id', tokenize = 'unicode61 remove_diacritics 2'
    );
CREATE VIRTUAL TABLE question_search USING fts5(
        text, content = 'question', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
    );
INSERT INTO answer_search (answer_search) VALUES ('rebuild');
INSERT INTO attempt_search (attempt_search) VALUES ('rebuild');
INSERT INTO note_search (note_search) VALUES ('rebuild');
INSERT INTO question_search (question_search) VALUES ('rebuild');
COMMIT;
