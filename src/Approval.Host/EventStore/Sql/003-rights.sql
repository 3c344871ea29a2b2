-- What the host's role may do: read everything, append events, move a stream's version, and keep its own tables.
do $$
begin
    if not exists (select from pg_roles where rolname = 'approval_app') then return; end if;

    grant usage on schema public, approval to approval_app;
    grant select on all tables in schema public, approval to approval_app;
    grant insert on public.mt_events, public.mt_streams to approval_app;
    grant update (version, timestamp, is_archived) on public.mt_streams to approval_app;
    grant insert, update on public.mt_event_progression to approval_app;
    grant usage, select on public.mt_events_sequence to approval_app;
    grant insert, update, delete on approval.repeated_commands to approval_app;
    alter default privileges in schema approval grant select, insert, update, delete on tables to approval_app;
    alter default privileges in schema approval grant usage, select on sequences to approval_app;
end $$;
