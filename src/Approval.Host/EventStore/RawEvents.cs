using System.Buffers.Binary;
using System.Text;
using Approval.Evidence;
using Npgsql;

namespace Approval.EventStore;

/// <summary>A row as the database sends it, or a part of one: fields of four bytes of length and then their bytes.</summary>
/// <param name="bytes">The fields.</param>
ref struct RawFields(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> rest = bytes;

    /// <summary>The fields not yet taken.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>The next field; empty if it is null.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(rest));
        var field = rest.Slice(4, length);
        rest = rest[(4 + length)..];
        return field;
    }

    /// <summary>Whether the next field is null, which takes it.</summary>
    public bool Null()
    {
        var absent = BinaryPrimitives.ReadInt32BigEndian(rest) < 0;
        if (absent) rest = rest[4..];
        return absent;
    }

    /// <summary>The next field as a number.</summary>
    public long Number() => BinaryPrimitives.ReadInt64BigEndian(Next());

    /// <summary>The next field as a time.</summary>
    public DateTimeOffset Time() => Epoch.AddTicks(Number() * TimeSpan.TicksPerMicrosecond);

    /// <summary>The next field as the text of its JSON, after the number of its form.</summary>
    public ReadOnlySpan<byte> Json() => Next()[1..];

    static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>So many characters most texts do not exceed.</summary>
    public const int Short = 256;

    /// <summary>A field as text; in the memory given, if it fits into it.</summary>
    public static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> field, Span<char> memory) =>
        Encoding.UTF8.TryGetChars(field, memory, out var length) ? memory[..length] : Encoding.UTF8.GetString(field);

    /// <summary>The next field as text; the one given, if it is the same.</summary>
    public string Text(string known = "")
    {
        var field = Next();
        Span<char> text = stackalloc char[Short];
        return field.Length <= Short && Encoding.UTF8.TryGetChars(field, text, out var length) && text[..length].SequenceEqual(known) ? known : Encoding.UTF8.GetString(field);
    }
}

/// <summary>Reads many rows in the form in which the database sends them, with a memory of the longest row.</summary>
static class RawEvents
{
    const int HeaderLength = 19;

    /// <summary>The fields of <see cref="CanonicalEvent"/> in their order.</summary>
    const string Canonical =
        "seq_id, tenant_id, stream_id, version, id, type, timestamp, user_name, correlation_id, causation_id, headers, mt_dotnet_type, data, bdata";

    /// <summary>Takes an event in its canonical form.</summary>
    /// <param name="position">Its place in the order of all events.</param>
    /// <param name="metadata">The metadata.</param>
    /// <param name="content">The content.</param>
    public delegate void Take(long position, ReadOnlySpan<byte> metadata, ReadOnlySpan<byte> content);

    /// <summary>Takes a row.</summary>
    public delegate void TakeRow(RawFields fields);

    /// <summary>The events after a position, up to another, in the order of their numbers.</summary>
    public static Task Read(NpgsqlConnection connection, long after, long upTo, int limit, Take take, CancellationToken cancel) =>
        Copy(connection, $"select {Canonical} from public.mt_events where seq_id > {after} and seq_id <= {upTo} order by seq_id limit {limit}", row => Split(row, take), cancel);

    /// <summary>One stream's events.</summary>
    public static Task Read(NpgsqlConnection connection, JurisdictionId jurisdiction, StreamId stream, Take take, CancellationToken cancel) =>
        Copy(
            connection, $"select {Canonical} from public.mt_events where tenant_id = {Quoted(jurisdiction.Value)} and stream_id = {Quoted(stream.Value)} order by version",
            row => Split(row, take), cancel);

    /// <summary>Whether a jurisdiction has an event after a position.</summary>
    public static async Task<bool> AnyAfter(NpgsqlConnection connection, string jurisdiction, long after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select exists (select from public.mt_events where seq_id > $1 and coalesce(tenant_id, '') = $2)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = jurisdiction });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>How many events there are after a position, in one jurisdiction or in all.</summary>
    public static async Task<long> CountAfter(NpgsqlConnection connection, long after, string? jurisdiction, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select count(*) from public.mt_events where seq_id > $1 and ($2::text is null or tenant_id = $2)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = (object?)jurisdiction ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The rows of a query.</summary>
    public static Task Rows(NpgsqlConnection connection, string query, TakeRow take, CancellationToken cancel) =>
        Copy(connection, query, row => take(new(row[2..])), cancel);

    /// <summary>The rows of a query, with a pause between some of them in which their taker may do what takes its time.</summary>
    public static Task Rows(NpgsqlConnection connection, string query, TakeRow take, Func<ValueTask> pause, CancellationToken cancel) =>
        Copy(connection, query, row => take(new(row[2..])), cancel, pause);

    delegate void TakeTuple(ReadOnlySpan<byte> tuple);

    static void Split(ReadOnlySpan<byte> row, Take take)
    {
        var fields = new RawFields(row[2..]);
        var position = fields.Number();
        for (var i = 1; i < CanonicalEvent.MetadataFields; i++) fields.Next();
        take(position, row[..^fields.Rest.Length], fields.Rest);
    }

    static async Task Copy(NpgsqlConnection connection, string query, TakeTuple take, CancellationToken cancel, Func<ValueTask>? pause = null)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", cancel);
        var buffer = new byte[128 << 10];
        var (begin, end, headed) = (0, 0, false);
        while (true)
        {
            if (begin > 0)
            {
                buffer.AsSpan(begin, end - begin).CopyTo(buffer);
                (begin, end) = (0, end - begin);
            }

            if (end == buffer.Length) Array.Resize(ref buffer, 2 * buffer.Length);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancel);
            if (read == 0) return;
            end += read;
            if (!headed)
            {
                if (end < HeaderLength) continue;
                (begin, headed) = (HeaderLength, true);
            }

            for (int length; (length = RowLength(buffer.AsSpan(begin, end - begin))) > 0; begin += length) take(buffer.AsSpan(begin, length));
            if (pause is not null) await pause();
        }
    }

    /// <summary>The length of the row at the beginning; 0 if it is not all there, or at the end of all.</summary>
    static int RowLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return 0;
        var at = 2;
        for (var fields = BinaryPrimitives.ReadInt16BigEndian(bytes); fields > 0; fields--)
        {
            if (bytes.Length < at + 4) return 0;
            at += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[at..]));
            if (bytes.Length < at) return 0;
        }

        return at == 2 ? 0 : at;
    }

    /// <summary>A text as SQL writes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''")}'";
}
