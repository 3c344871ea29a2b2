-- The bytes of attachments, outside the events, which name them by SHA-256. Kept per proposal, so that nobody reads a file by guessing its hash.
create table if not exists approval.attachments (
    jurisdiction text not null,
    proposal text not null,
    sha256 text not null,
    length bigint not null,
    upload uuid not null,
    primary key (jurisdiction, proposal, sha256)
);

create table if not exists approval.attachment_chunks (
    upload uuid not null,
    number int not null,
    bytes bytea not null,
    primary key (upload, number)
);
alter table approval.attachment_chunks alter column bytes set storage external;
