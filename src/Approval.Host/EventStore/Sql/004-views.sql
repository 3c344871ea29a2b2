-- The current views and the layout in which each was built.
create table if not exists approval.views (
    name text primary key,
    hash text not null,
    built timestamptz not null default now()
);
