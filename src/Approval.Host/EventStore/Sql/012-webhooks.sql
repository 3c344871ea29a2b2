-- Who is told of events by HTTP, up to where each has been told, and what could not be delivered.
create table if not exists approval.webhooks (
    jurisdiction text not null,
    id text not null,
    url text not null,
    types text[] not null,
    secret bytea not null,
    created timestamptz not null,
    created_by text not null,
    position bigint not null,
    attempts int not null default 0,
    next_attempt timestamptz,
    last_error text,
    stopped text,
    primary key (jurisdiction, id)
);

create table if not exists approval.webhook_dead_letters (
    jurisdiction text not null,
    webhook text not null,
    position bigint not null,
    event_id uuid not null,
    type text not null,
    attempts int not null,
    error text not null,
    given_up timestamptz not null,
    replay_asked boolean not null default false,
    primary key (jurisdiction, webhook, position),
    foreign key (jurisdiction, webhook) references approval.webhooks (jurisdiction, id) on delete cascade
);
