using System.Text;
using Approval.Testing;
using Npgsql;
using NpgsqlTypes;

namespace Approval.EventStore;

/// <summary>Rows written in bulk are those that a command would write.</summary>
public sealed class RawRowsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Columns = "t text, b boolean, n bigint, d numeric, m numeric(18,2), day date, at timestamptz, ts text[], ns integer[], j jsonb";

    private static readonly NpgsqlDbType[] Types =
    [
        NpgsqlDbType.Text, NpgsqlDbType.Boolean, NpgsqlDbType.Bigint, NpgsqlDbType.Numeric, NpgsqlDbType.Numeric, NpgsqlDbType.Date, NpgsqlDbType.TimestampTz,
        NpgsqlDbType.Array | NpgsqlDbType.Text, NpgsqlDbType.Array | NpgsqlDbType.Integer, NpgsqlDbType.Jsonb,
    ];

    private static readonly object?[][] Rows =
    [
        [.. new object?[10]],
        ["", false, 0L, 0m, 0.00m, DateOnly.MinValue, DateTimeOffset.MinValue, Array.Empty<string>(), Array.Empty<int>(), "{}"u8.ToArray()],
        ["一\t\\N'𠮷", true, long.MaxValue, decimal.MaxValue, 7_600_000m, new DateOnly(2026, 2, 28), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567), new[] { "a", "", "{b,\"c\"}" }, new[] { 1, int.MinValue }, Encoding.UTF8.GetBytes("""{"甲": [1.50, null]}""")],
        ["x", true, long.MinValue, -0.0000000000000000000000000001m, -12_345_678_901_234.56m, new DateOnly(1999, 12, 31), new DateTimeOffset(1987, 6, 5, 0, 0, 0, TimeSpan.Zero), new[] { "only" }, new[] { 0 }, "[]"u8.ToArray()],
        [new string('长', 60_000), false, -1L, 10_000.0001m, 0.01m, DateOnly.MaxValue, DateTimeOffset.MaxValue, new[] { "y" }, new[] { 7 }, "1"u8.ToArray()],
        ["z", false, 1L, 100_000_000m, 99_999_999.99m, new DateOnly(2000, 1, 1), new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new[] { "y" }, new[] { 7 }, "true"u8.ToArray()],
    ];

    [Fact]
    public async Task What_is_written_in_bulk_is_what_is_written_row_by_row()
    {
        await using var connection = await host.Database.DataSource.OpenConnectionAsync();
        foreach (var table in new[] { "one_by_one", "in_bulk" }) await Run($"create temp table {table} ({Columns})");
        await using (var rows = await RawRows.Into(connection, "in_bulk", [.. Columns.Split(", ").Select(c => c.Split(' ')[0])], default))
        {
            foreach (var row in Rows)
            {
                await rows.Row(default);
                foreach (var value in row) rows.Add(value);
            }

            await rows.End(default);
        }

        foreach (var row in Rows)
        {
            await using var insert = new NpgsqlCommand($"insert into one_by_one values ({string.Join(", ", row.Select((_, i) => $"${i + 1}"))})", connection);
            for (var i = 0; i < row.Length; i++) insert.Parameters.Add(new() { Value = row[i] ?? DBNull.Value, NpgsqlDbType = Types[i] });
            await insert.ExecuteNonQueryAsync();
        }

        (await Content("in_bulk")).ShouldBe(await Content("one_by_one"));

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        async Task<string> Content(string table)
        {
            using var reader = await connection.BeginTextExportAsync($"copy {table} to stdout");
            return await reader.ReadToEndAsync();
        }
    }

    [Fact]
    public async Task What_is_not_ended_is_not_written()
    {
        await using var connection = await host.Database.DataSource.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand("create temp table not_ended (t text)", connection)) await create.ExecuteNonQueryAsync();
        await using (var rows = await RawRows.Into(connection, "not_ended", ["t"], default))
        {
            await rows.Row(default);
            rows.Add("x");
        }

        await using var count = new NpgsqlCommand("select count(*) from not_ended", connection);
        (await count.ExecuteScalarAsync()).ShouldBe(0L);
    }
}
