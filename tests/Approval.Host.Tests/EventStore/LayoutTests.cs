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
    public async Task Keys_and_indexes()
    {
        (await Text("select string_agg(conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid), '|' order by conname) from pg_constraint where conrelid::regclass::text like 'mt\\_%'"))
            .ShouldBe(
                "mt_events fkey_mt_events_stream_id_tenant_id FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)|"
                + "mt_event_progression pk_mt_event_progression PRIMARY KEY (name)|mt_events pkey_mt_events_seq_id PRIMARY KEY (seq_id)|"
                + "mt_streams pkey_mt_streams_tenant_id_id PRIMARY KEY (tenant_id, id)");
        (await Text("select string_agg(indexdef, '|' order by indexname) from pg_indexes where schemaname = 'public' and indexname = 'pk_mt_events_stream_and_version' or tablename like 'mt\\_%' and indexname not like 'pk%'"))
            .ShouldBe("CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (tenant_id, stream_id, version)");
    }

    [Fact]
    public async Task The_sequence_belongs_to_the_events()
    {
        (await Text("select pg_get_serial_sequence('public.mt_events', 'seq_id')")).ShouldBe("public.mt_events_sequence");
        (await Text("select concat_ws(' ', data_type, increment_by, cache_size) from pg_sequences where sequencename = 'mt_events_sequence'")).ShouldBe("bigint 1 1");
    }

    private async Task<string?> Text(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }
}
