-- What the first version made, without Alembic, on either database.
CREATE TABLE changes (
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (number)
);
CREATE TABLE documents (
    id TEXT NOT NULL,
    digest VARCHAR(64) NOT NULL,
    text TEXT NOT NULL,
    title TEXT,
    title_source VARCHAR(20),
    url TEXT,
    publisher TEXT,
    author TEXT,
    published TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE store (
    id SERIAL NOT NULL,
    identity VARCHAR(32) NOT NULL,
    last_change INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE figures (
    document TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    low FLOAT,
    high FLOAT,
    unit TEXT,
    kind VARCHAR(10) NOT NULL,
    hedge TEXT,
    period TEXT,
    about TEXT,
    attributed_to TEXT,
    change VARCHAR(4),
    sentence TEXT NOT NULL,
    PRIMARY KEY (document, start),
    FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE TABLE passages (
    document TEXT NOT NULL,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    heading TEXT,
    PRIMARY KEY (document, number),
    FOREIGN KEY(document) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE TABLE claims (
    key VARCHAR(255) NOT NULL,
    message VARCHAR(255),
    kind VARCHAR(20) NOT NULL,
    payload JSON NOT NULL,
    state VARCHAR(10) NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (key),
    UNIQUE (message)
);
CREATE INDEX ix_claims_created ON claims (created);
