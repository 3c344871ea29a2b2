-- Who read what is not for everybody's eyes: a log of its own beside the record, to which the host may only add.
create table if not exists approval.readings (
    id bigint generated always as identity primary key,
    jurisdiction text not null,
    person text not null,
    unit text not null,
    at timestamptz not null,
    kind text not null,
    subject text not null
);
create index if not exists readings_by_person on approval.readings (jurisdiction, person, id);
create index if not exists readings_by_subject on approval.readings (jurisdiction, subject, id);

do $$
begin
    if exists (select from pg_roles where rolname = 'approval_app') then
        revoke update, delete, truncate on approval.readings from approval_app;
    end if;
end $$;
