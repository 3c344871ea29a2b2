using Approval.Testing;

namespace Approval.EventStore;

/// <summary>The mt_ tables are exactly those of Marten 9 with stream identity as string, conjoined tenancy and all metadata columns.</summary>
public sealed class LayoutTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("mt_streams",
        "tenant_id character varying no '*DEFAULT*'::character varying|id character varying no|type character varying yes|version bigint yes|"
        + "timestamp timestamp with time zone no now()|created timestamp with time zone no now()|is_archived boolean yes false")]
    [InlineData("mt_events",
        "seq_id bigint no|id uuid no|stream_id character varying yes|version bigint no|data jsonb no|bdata bytea yes|type character varying(500) no|"
        + "timestamp timestamp with time zone no|tenant_id character varying yes '*DEFAULT*'::character varying|mt_dotnet_type character varying yes|"
        + "correlation_id character varying yes|causation_id character varying yes|headers jsonb yes|user_name character varying yes|is_archived boolean yes false")]
    [InlineData("mt_event_progression",
        "name character varying no|last_seq_id bigint yes|last_updated timestamp with time zone yes transaction_timestamp()")]
    public async Task Columns(string table, string expected)
    {
        var columns = await Text($"""
            select string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), case when attnotnull then 'no' else 'yes' end, pg_get_expr(d.adbin, d.adrelid)), '|' order by attnum)
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = 'public.{table}'::regclass and attnum > 0 and not attisdropped
            """);

        columns.ShouldBe(expected);
    }

    [Fact]
    public async Task Keys() =>
        (await Text("""
            select string_agg(concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)), '|' order by conname) from pg_constraint
            where conrelid::regclass::text like 'mt\_%' and contype <> 'n'
            """)).ShouldBe(
            "mt_events fkey_mt_events_stream_id_tenant_id FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)|"
            + "mt_event_progression pk_mt_event_progression PRIMARY KEY (name)|mt_events pkey_mt_events_seq_id PRIMARY KEY (seq_id)|"
            + "mt_streams pkey_mt_streams_tenant_id_id PRIMARY KEY (tenant_id, id)");

    [Fact]
    public async Task Indexes() =>
        (await Text("select string_agg(indexdef, '|' order by indexname) from pg_indexes where tablename like 'mt\\_%'")).ShouldBe(
            "CREATE UNIQUE INDEX pk_mt_event_progression ON public.mt_event_progression USING btree (name)|"
            + "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (tenant_id, stream_id, version)|"
            + "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON public.mt_events USING btree (seq_id)|"
            + "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON public.mt_streams USING btree (tenant_id, id)");

    [Fact]
    public async Task Nothing_of_ours_stands_beside_them_but_two_triggers()
    {
        (await Text("""
            select string_agg(concat_ws(' ', relkind, relname), '|' order by relname) from pg_class
            where relnamespace = 'public'::regnamespace and relkind <> 'i'
            """)).ShouldBe("r mt_event_progression|r mt_events|S mt_events_sequence|r mt_streams");
        (await Text("select string_agg(proname, '|') from pg_proc where pronamespace = 'public'::regnamespace")).ShouldBeNull();
        (await Text("select string_agg(replace(pg_get_triggerdef(oid), 'approval.', ''), '|' order by tgrelid::regclass::text) from pg_trigger where tgrelid::regclass::text like 'mt\\_%' and not tgisinternal")).ShouldBe(
            "CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.mt_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()|"
            + "CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON public.mt_streams FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()");
        (await Text("select string_agg(relname, '|') from pg_class where relname like 'mt\\_%' and (relrowsecurity or relpersistence <> 'p' or relispartition or relhasrules or reloptions is not null)")).ShouldBeNull();
    }

    [Fact]
    public async Task The_sequence_belongs_to_the_events()
    {
        (await Text("select pg_get_serial_sequence('public.mt_events', 'seq_id')")).ShouldBe("public.mt_events_sequence");
        (await Text("select concat_ws(' ', data_type, start_value, min_value, max_value, increment_by, cycle, cache_size) from pg_sequences where sequencename = 'mt_events_sequence'"))
            .ShouldBe("bigint 1 1 9223372036854775807 1 f 1");
    }

    [Fact]
    public async Task The_role_of_the_host_may_append_and_not_rewrite() =>
        (await Text("""
            select string_agg(concat_ws(' ', table_name, privilege_type, columns), '|' order by table_name, privilege_type) from (
                select table_name, privilege_type, null as columns from information_schema.table_privileges where grantee = 'approval_app' and table_schema = 'public'
                union all
                select table_name, privilege_type, string_agg(column_name, ',' order by column_name) from information_schema.column_privileges c
                where grantee = 'approval_app' and table_schema = 'public' and not exists (
                    select from information_schema.table_privileges t
                    where t.grantee = c.grantee and t.table_schema = c.table_schema and t.table_name = c.table_name and t.privilege_type = c.privilege_type)
                group by table_name, privilege_type) r
            """)).ShouldBe(
            "mt_event_progression INSERT|mt_event_progression SELECT|mt_event_progression UPDATE|mt_events INSERT|mt_events SELECT|"
            + "mt_streams INSERT|mt_streams SELECT|mt_streams UPDATE is_archived,timestamp,version");

    private async Task<string?> Text(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
