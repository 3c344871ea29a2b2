using System.Buffers.Binary;
using System.Text;

namespace Approval.Evidence;

/// <summary>
/// An event as it is hashed. The canonical form is two runs of fields, each field its length in four bytes and then its bytes, an absent one the length −1;
/// numbers in the order of the network. The metadata: the number 14 in two bytes (the count of all fields), then position (8 bytes), jurisdiction, stream,
/// version (8 bytes), id (16 bytes), wire name, time of recording (microseconds from 2000-01-01 UTC, 8 bytes), person, correlation, causation, headers
/// (0x01 and the JSON), type hint. The content: the data (0x01 and the JSON) and the binary data of foreign writers. Text is UTF-8; JSON is the text that
/// PostgreSQL gives for jsonb. These are the bytes in which the database sends a row, so nothing is converted before it is hashed.
/// </summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Its number in the stream, from 1.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Type">Its wire name.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Person">Who recorded it.</param>
/// <param name="Correlation">The request or trace.</param>
/// <param name="Causation">What caused it.</param>
/// <param name="Headers">The headers as JSON.</param>
/// <param name="TypeHint">The hint that a foreign writer may leave.</param>
public sealed record CanonicalEvent(
    long Position, string? Jurisdiction, string? Stream, long Version, Guid Id, string Type, DateTimeOffset At,
    string? Person, string? Correlation, string? Causation, string? Headers, string? TypeHint)
{
    /// <summary>The fields of the metadata.</summary>
    public const int MetadataFields = 12;

    /// <summary>The fields of metadata and content.</summary>
    public const int Fields = 14;

    static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What stands before the first event of a stream, in the place of a hash.</summary>
    public static ReadOnlySpan<byte> Beginning => new byte[LogHash.Length];

    /// <summary>
    /// The leaf of an event, which is also the link of its stream's chain: the hash of 0x00, the leaf of the event before it in the stream
    /// (<see cref="Beginning"/> for the first), the hash of its content, and its metadata.
    /// </summary>
    public static void Leaf(LogHash hash, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> contentHash, ReadOnlySpan<byte> metadata, Span<byte> into)
    {
        var length = 1 + (2 * LogHash.Length) + metadata.Length;
        var leaf = length <= 4096 ? stackalloc byte[length] : new byte[length];
        leaf[0] = 0;
        previous.CopyTo(leaf[1..]);
        contentHash.CopyTo(leaf[(1 + LogHash.Length)..]);
        metadata.CopyTo(leaf[(1 + (2 * LogHash.Length))..]);
        hash.Hash(leaf, into);
    }

    /// <summary>Reads the metadata.</summary>
    /// <exception cref="FormatException">They are not in the canonical form.</exception>
    public static CanonicalEvent Read(ReadOnlySpan<byte> metadata)
    {
        if (metadata.Length < 2 || BinaryPrimitives.ReadInt16BigEndian(metadata) != Fields) throw NotCanonical();
        var rest = metadata[2..];
        var read = new CanonicalEvent(
            Number(ref rest), Text(ref rest), Text(ref rest), Number(ref rest), new Guid(Sized(ref rest, 16), bigEndian: true), Text(ref rest) ?? throw NotCanonical(),
            Epoch.AddMicroseconds(Number(ref rest)), Text(ref rest), Text(ref rest), Text(ref rest), Json(ref rest), Text(ref rest));
        return rest.IsEmpty ? read : throw NotCanonical();
    }

    /// <summary>The JSON in a content; null if there is only binary data.</summary>
    /// <exception cref="FormatException">It is not in the canonical form.</exception>
    public static string? Data(ReadOnlySpan<byte> content)
    {
        var json = Json(ref content);
        Field(ref content, out _);
        return content.IsEmpty ? json : throw NotCanonical();
    }

    /// <summary>The metadata in the canonical form.</summary>
    public byte[] Metadata()
    {
        var bytes = new MemoryStream();
        bytes.Write([0, Fields]);
        Add(bytes, Number(Position));
        Add(bytes, Bytes(Jurisdiction));
        Add(bytes, Bytes(Stream));
        Add(bytes, Number(Version));
        Add(bytes, Id.ToByteArray(bigEndian: true));
        Add(bytes, Bytes(Type));
        Add(bytes, Number((At - Epoch).Ticks / TimeSpan.TicksPerMicrosecond));
        Add(bytes, Bytes(Person));
        Add(bytes, Bytes(Correlation));
        Add(bytes, Bytes(Causation));
        Add(bytes, Json(Headers));
        Add(bytes, Bytes(TypeHint));
        return bytes.ToArray();
    }

    /// <summary>A content in the canonical form.</summary>
    public static byte[] Content(string json)
    {
        var bytes = new MemoryStream();
        Add(bytes, Json(json));
        Add(bytes, null);
        return bytes.ToArray();
    }

    static void Add(MemoryStream bytes, byte[]? field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field?.Length ?? -1);
        bytes.Write(length);
        if (field is not null) bytes.Write(field);
    }

    static byte[] Number(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    static byte[]? Bytes(string? text) => text is null ? null : Utf8.GetBytes(text);

    static byte[]? Json(string? json) => json is null ? null : [1, .. Utf8.GetBytes(json)];

    static bool Field(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        field = [];
        if (rest.Length < 4) throw NotCanonical();
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[4..];
        if (length == -1) return false;
        if (length < 0 || length > rest.Length) throw NotCanonical();
        field = rest[..length];
        rest = rest[length..];
        return true;
    }

    static ReadOnlySpan<byte> Sized(ref ReadOnlySpan<byte> rest, int length) =>
        Field(ref rest, out var field) && field.Length == length ? field : throw NotCanonical();

    static long Number(ref ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadInt64BigEndian(Sized(ref rest, 8));

    static string? Text(ref ReadOnlySpan<byte> rest)
    {
        try
        {
            return Field(ref rest, out var field) ? Utf8.GetString(field) : null;
        }
        catch (DecoderFallbackException)
        {
            throw NotCanonical();
        }
    }

    static string? Json(ref ReadOnlySpan<byte> rest) => Text(ref rest) switch
    {
        null => null,
        ['\u0001', .. var json] => json,
        _ => throw NotCanonical(),
    };

    static FormatException NotCanonical() => new("The bytes are not an event in the canonical form.");
}
