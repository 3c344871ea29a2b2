-- What was answered to a command that carried an Idempotency-Key, kept in the transaction that recorded its events.
create table if not exists approval.repeated_commands (
    jurisdiction text not null,
    person text not null,
    key text not null,
    request bytea not null,
    status int not null,
    etag text,
    location text,
    body bytea not null,
    recorded timestamptz not null,
    primary key (jurisdiction, person, key)
);
