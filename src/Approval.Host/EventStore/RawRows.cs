using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Approval.EventStore;

/// <summary>Writes many rows into a table in the form in which the database takes them: the counterpart of <see cref="RawEvents"/>. What is not ended is not written.</summary>
sealed class RawRows : IAsyncDisposable
{
    const int Sent = 64 << 10; // bytes at a time

    /// <summary>By these numbers the database knows the types of an array's elements.</summary>
    const int Integers = 23, Texts = 25;

    static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    static readonly DateTime Epoch = new(2000, 1, 1);

    readonly NpgsqlRawCopyStream copy;
    readonly int columns;
    byte[] bytes = new byte[Sent + (16 << 10)];
    int length;
    bool ended;

    RawRows(NpgsqlRawCopyStream copy, int columns)
    {
        (this.copy, this.columns) = (copy, columns);
        Header.CopyTo(Room(Header.Length));
    }

    /// <summary>Begins to write into some columns of a table.</summary>
    public static async Task<RawRows> Into(NpgsqlConnection connection, string table, IReadOnlyCollection<string> columns, CancellationToken cancel) =>
        new(await connection.BeginRawBinaryCopyAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", cancel), columns.Count);

    /// <summary>Begins a row, which as many values follow as there are columns.</summary>
    public async ValueTask Row(CancellationToken cancel)
    {
        if (length >= Sent) await Send(cancel);
        BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)columns);
    }

    /// <summary>Adds a value as a <see cref="Column"/> gives it; bytes are JSON.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case null: Number(-1); break;
            case string text: Text(text); break;
            case bool flag: Field(1)[0] = flag ? (byte)1 : (byte)0; break;
            case long number: Long(number); break;
            case DateTimeOffset at: Long(at == DateTimeOffset.MaxValue ? long.MaxValue : at == DateTimeOffset.MinValue ? long.MinValue : (at.UtcTicks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond); break;
            case DateOnly day: Integer(day == DateOnly.MaxValue ? int.MaxValue : day == DateOnly.MinValue ? int.MinValue : day.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber); break;
            case decimal sum: Decimal(sum); break;
            case byte[] json: Json(json); break;
            case string[] texts: Elements(texts, Texts, Text); break;
            case int[] integers: Elements(integers, Integers, Integer); break;
            default: throw new ArgumentException($"No column is of the type {value.GetType()}.", nameof(value));
        }
    }

    /// <summary>Writes the rows. What the database has against them it says here.</summary>
    public async Task End(CancellationToken cancel)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        await Send(cancel);
        ended = true;
        await copy.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!ended) await copy.CancelAsync();
        await copy.DisposeAsync();
    }

    async ValueTask Send(CancellationToken cancel)
    {
        await copy.WriteAsync(bytes.AsMemory(0, length), cancel);
        length = 0;
    }

    /// <summary>The next bytes, to be filled.</summary>
    Span<byte> Room(int size)
    {
        if (length + size > bytes.Length) Array.Resize(ref bytes, Math.Max(2 * bytes.Length, length + size));
        return bytes.AsSpan((length += size) - size, size);
    }

    Span<byte> Field(int size)
    {
        Number(size);
        return Room(size);
    }

    void Number(int number) => BinaryPrimitives.WriteInt32BigEndian(Room(4), number);

    void Integer(int number) => BinaryPrimitives.WriteInt32BigEndian(Field(4), number);

    void Long(long number) => BinaryPrimitives.WriteInt64BigEndian(Field(8), number);

    void Text(string text)
    {
        var size = Utf8.GetByteCount(text);
        Utf8.GetBytes(text, Field(size));
    }

    /// <summary>The number of the form, 1, and the text.</summary>
    void Json(byte[] json)
    {
        var field = Field(1 + json.Length);
        field[0] = 1;
        json.CopyTo(field[1..]);
    }

    /// <summary>Four decimal digits in two bytes each, from the point to both sides.</summary>
    void Decimal(decimal sum)
    {
        Span<char> text = stackalloc char[32];
        decimal.Abs(sum).TryFormat(text, out var size, default, CultureInfo.InvariantCulture);
        var point = text[..size].IndexOf('.') is >= 0 and var i ? i : size;
        var scale = Math.Max(0, size - point - 1);
        var (before, after) = ((point + 3) / 4, (scale + 3) / 4);
        var field = Field(8 + (2 * (before + after)));
        foreach (var head in (ReadOnlySpan<int>)[before + after, before - 1, sum < 0 ? 0x4000 : 0, scale])
        {
            BinaryPrimitives.WriteInt16BigEndian(field, (short)head);
            field = field[2..];
        }

        for (var group = -before; group < after; group++, field = field[2..])
        {
            var digits = 0;
            for (var place = 0; place < 4; place++)
            {
                var at = point + (4 * group) + place + (group < 0 ? 0 : 1);
                digits = (10 * digits) + (at >= 0 && at < size ? text[at] - '0' : 0);
            }

            BinaryPrimitives.WriteInt16BigEndian(field, (short)digits);
        }
    }

    /// <summary>An array of one dimension, whose elements are counted from 1; of none, if it is empty.</summary>
    void Elements<T>(T[] elements, int type, Action<T> add)
    {
        var begin = length;
        foreach (var head in (ReadOnlySpan<int>)(elements.Length == 0 ? [0, 0, 0, type] : [0, 1, 0, type, elements.Length, 1])) Number(head);
        foreach (var element in elements) add(element);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(begin), length - begin - 4);
    }
}
