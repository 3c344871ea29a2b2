-- The keys that seal session cookies and antiforgery tokens: every host on this database opens what another sealed.
create table if not exists approval.data_protection_keys (
    id text primary key,
    xml text not null
);
