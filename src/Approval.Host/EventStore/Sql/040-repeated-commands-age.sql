-- Remembered answers are forgotten by their age.
create index if not exists repeated_commands_recorded on approval.repeated_commands (recorded);
