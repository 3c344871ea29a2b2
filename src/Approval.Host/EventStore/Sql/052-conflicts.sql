-- Whom a conflict of interest kept from what: a log of its own beside the record, to which the host may only add.
create table if not exists approval.conflicts (
    id bigint generated always as identity primary key,
    jurisdiction text not null,
    at timestamptz not null,
    asked_by text not null,
    unit text not null,
    person text not null,
    code text not null,
    subject text not null
);
create index if not exists conflicts_by_jurisdiction on approval.conflicts (jurisdiction, id);

do $$
begin
    if exists (select from pg_roles where rolname = 'approval_app') then
        revoke update, delete, truncate on approval.conflicts from approval_app;
    end if;
end $$;
