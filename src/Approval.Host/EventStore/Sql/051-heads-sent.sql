-- Which head each webhook was told of last, and how the next one goes.
create table if not exists approval.heads_sent (
    jurisdiction text not null,
    webhook text not null,
    size bigint not null,
    sent timestamptz,
    attempts int not null default 0,
    next_attempt timestamptz,
    last_error text,
    primary key (jurisdiction, webhook),
    foreign key (jurisdiction, webhook) references approval.webhooks (jurisdiction, id) on delete cascade
);
