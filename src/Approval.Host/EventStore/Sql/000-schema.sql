-- The engine's own schema, and the role under which the host works: it may append and may not rewrite.
-- Without the right to create roles the host works as the user it logs in as; the triggers hold for everybody.
create schema if not exists approval;

create table if not exists approval.migrations (
    name text primary key,
    hash text not null,
    applied timestamptz not null default now()
);

do $$
begin
    if not exists (select from pg_roles where rolname = 'approval_app') then
        create role approval_app nologin;
    end if;
    if not pg_has_role(current_user, 'approval_app', 'member') then
        execute format('grant approval_app to %I', current_user);
    end if;
exception
    when insufficient_privilege or duplicate_object or unique_violation then null;
end $$;
