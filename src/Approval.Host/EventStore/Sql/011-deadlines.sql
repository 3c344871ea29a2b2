-- What is to be fired when: a reminder or an escalation of one proposal's deadline. It follows from the proposal, the policy and the calendar.
create table if not exists approval.deadlines (
    jurisdiction text not null,
    proposal text not null,
    kind text not null,
    since date not null,
    escalates boolean not null,
    last_day date not null,
    at timestamptz not null,
    primary key (jurisdiction, proposal, kind, since, escalates)
);
create index if not exists deadlines_at on approval.deadlines (at);
