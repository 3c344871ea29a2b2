-- The event store in the layout of Marten 9 (stream identity as string, conjoined tenancy, all metadata columns).
-- Nothing may be added to the mt_ tables but triggers; what else the engine keeps lives in the schema approval.

create sequence if not exists public.mt_events_sequence as bigint increment 1 cache 1;

create table if not exists public.mt_streams (
    tenant_id varchar not null default '*DEFAULT*',
    id varchar not null,
    type varchar,
    version bigint,
    timestamp timestamptz not null default now(),
    created timestamptz not null default now(),
    is_archived boolean default false,
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

create table if not exists public.mt_events (
    seq_id bigint not null,
    id uuid not null,
    stream_id varchar,
    version bigint not null,
    data jsonb not null,
    bdata bytea,
    type varchar(500) not null,
    timestamp timestamptz not null,
    tenant_id varchar default '*DEFAULT*',
    mt_dotnet_type varchar,
    correlation_id varchar,
    causation_id varchar,
    headers jsonb,
    user_name varchar,
    is_archived boolean default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id_tenant_id foreign key (tenant_id, stream_id) references public.mt_streams (tenant_id, id)
);

alter sequence public.mt_events_sequence owned by public.mt_events.seq_id;
create unique index if not exists pk_mt_events_stream_and_version on public.mt_events (tenant_id, stream_id, version);

create table if not exists public.mt_event_progression (
    name varchar not null,
    last_seq_id bigint,
    last_updated timestamptz default transaction_timestamp(),
    constraint pk_mt_event_progression primary key (name)
);

-- Appending only, whoever connects.
create or replace function approval.refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception '% on % is refused: the record is append-only', tg_op, tg_table_name using errcode = 'AP002';
end $$;

create or replace trigger append_only before update or delete or truncate on public.mt_events
    for each statement execute function approval.refuse_rewriting();
create or replace trigger append_only before delete or truncate on public.mt_streams
    for each statement execute function approval.refuse_rewriting();

-- One call per command: the streams written and the streams only read, in the order in which they are locked, each at the
-- version that the decision saw; then the events, numbered in the order given. AP001: a stream is elsewhere; AP003: a
-- stream to be made is there. The error's column names the stream.
create or replace function approval.append(
    tenant varchar, recorded timestamptz, person varchar, correlation varchar, causation varchar, envelope jsonb,
    streams varchar[], kinds varchar[], expected bigint[], added bigint[],
    event_ids uuid[], event_streams varchar[], event_versions bigint[], event_types varchar[], event_data jsonb[])
returns void language plpgsql as $$
declare
    stream varchar;
    seen bigint;
begin
    for i in 1 .. coalesce(array_length(streams, 1), 0) loop
        stream := streams[i];
        if expected[i] = 0 then
            -- A stream that does not exist has no row to lock; its name is locked instead.
            if added[i] = 0 then
                perform pg_advisory_xact_lock_shared(hashtextextended(tenant || '/' || stream, 0));
                perform 1 from public.mt_streams s where s.tenant_id = tenant and s.id = stream;
                if found then raise exception 'stream % exists already', stream using errcode = 'AP001', column = stream; end if;
                continue;
            end if;
            perform pg_advisory_xact_lock(hashtextextended(tenant || '/' || stream, 0));
            insert into public.mt_streams (tenant_id, id, type, version, timestamp, created)
                values (tenant, stream, kinds[i], added[i], recorded, recorded) on conflict do nothing;
            if not found then raise exception 'stream % exists already', stream using errcode = 'AP003', column = stream; end if;
        elsif added[i] = 0 then
            select s.version into seen from public.mt_streams s where s.tenant_id = tenant and s.id = stream for share;
            if seen is distinct from expected[i] then
                raise exception 'stream % is at version %, not at %', stream, seen, expected[i] using errcode = 'AP001', column = stream;
            end if;
        else
            update public.mt_streams s set version = s.version + added[i], timestamp = recorded
                where s.tenant_id = tenant and s.id = stream and s.version = expected[i];
            if not found then raise exception 'stream % is not at version %', stream, expected[i] using errcode = 'AP001', column = stream; end if;
        end if;
    end loop;

    insert into public.mt_events
        (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, correlation_id, causation_id, headers, user_name, is_archived)
    select nextval('public.mt_events_sequence'), e.id, e.stream, e.version, e.data, e.type, recorded, tenant, correlation, causation, envelope, person, false
    from unnest(event_ids, event_streams, event_versions, event_types, event_data) as e (id, stream, version, type, data);
end $$;
