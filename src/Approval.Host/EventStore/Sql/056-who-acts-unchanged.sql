-- What several commands record together, as the procedure before it of this name, which hosts of the release before still call. More is given: the streams of those who act
-- and their versions, where unit and roles were remembered. A look is enough, for nobody waits for a person: who changes them at this very moment comes after.
create or replace procedure approval.append_together(
    tenants varchar[], recorded timestamptz[], persons varchar[], correlations varchar[], causations varchar[], envelopes jsonb[],
    stream_commands int[], streams varchar[], kinds varchar[], expected bigint[], added bigint[],
    event_commands int[], event_ids uuid[], event_streams varchar[], event_versions bigint[], event_types varchar[], event_data jsonb[],
    person_tenants varchar[], person_streams varchar[], person_versions bigint[])
language plpgsql as $$
declare
    elsewhere varchar;
begin
    call approval.append_together(
        tenants, recorded, persons, correlations, causations, envelopes, stream_commands, streams, kinds, expected, added,
        event_commands, event_ids, event_streams, event_versions, event_types, event_data);

    select p.stream into elsewhere from unnest(person_tenants, person_streams, person_versions) as p (tenant, stream, version)
        where (select s.version from public.mt_streams s where s.tenant_id = p.tenant and s.id = p.stream) is distinct from p.version limit 1;
    if found then raise exception 'stream % is elsewhere than remembered', elsewhere using errcode = 'AP001', column = elsewhere; end if;
end $$;
