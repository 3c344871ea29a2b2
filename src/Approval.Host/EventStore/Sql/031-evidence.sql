-- The record's evidence: a Merkle log per jurisdiction over all its events in their order, each leaf also the link of its stream's chain.
create table if not exists approval.evidence_logs (
    jurisdiction text primary key,
    hash text not null,
    size bigint not null,
    edge bytea not null,
    changed timestamptz not null default now()
);

create table if not exists approval.seal (
    seq_id bigint primary key,
    jurisdiction text not null,
    leaf_index bigint not null,
    stream text not null,
    version bigint not null,
    content_hash bytea not null,
    leaf_hash bytea not null
);
create unique index if not exists seal_leaf on approval.seal (jurisdiction, leaf_index);
create unique index if not exists seal_stream on approval.seal (jurisdiction, stream, version);

-- The hashes of full subtrees of 2^8, 2^16, … leaves: what lies between is made of at most 256 of them.
create table if not exists approval.seal_nodes (
    jurisdiction text not null,
    level int not null,
    node_index bigint not null,
    hash bytea not null,
    primary key (jurisdiction, level, node_index)
);

create table if not exists approval.head (
    jurisdiction text not null,
    size bigint not null,
    hash text not null,
    root text not null,
    at timestamptz not null,
    key text not null,
    signature text not null,
    primary key (jurisdiction, size)
);

create or replace trigger append_only before update or delete or truncate on approval.seal
    for each statement execute function approval.refuse_rewriting();
create or replace trigger append_only before update or delete or truncate on approval.seal_nodes
    for each statement execute function approval.refuse_rewriting();
create or replace trigger append_only before update or delete or truncate on approval.head
    for each statement execute function approval.refuse_rewriting();

-- Only the sealing session writes here, as the owner; the role of requests reads.
do $$
begin
    if not exists (select from pg_roles where rolname = 'approval_app') then return; end if;
    revoke insert, update, delete on approval.evidence_logs, approval.seal, approval.seal_nodes, approval.head from approval_app;
    grant select on approval.evidence_logs, approval.seal, approval.seal_nodes, approval.head to approval_app;
end $$;
