-- The asynchronous views: what each table was made by, why one stands still, and how far its rebuild has come.
-- How far each has read is in mt_event_progression, as Marten keeps it.
create table if not exists approval.async_views (
    name text primary key,
    hash text not null,
    host text,
    taken timestamptz,
    error text,
    error_position bigint,
    error_event text,
    error_at timestamptz,
    rebuild_asked boolean not null default false,
    rebuild_hash text,
    rebuild_position bigint,
    rebuild_goal bigint,
    rebuild_started timestamptz,
    rebuild_error text
);
