-- The jurisdictions, and what is known of people beside their roles. Contact data is personal: it stands here alone, so that it can be erased.
create table if not exists approval.jurisdictions (
    code text primary key,
    name text not null,
    founded timestamptz not null
);

create table if not exists approval.person_contacts (
    jurisdiction text not null,
    person text not null,
    name text not null,
    phone text,
    email text,
    primary key (jurisdiction, person)
);
