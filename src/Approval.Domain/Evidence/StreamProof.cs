using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approval.Evidence;

/// <summary>
/// A file that proves a stream's events by itself: the bytes that were hashed, each event's path to the root, and the signed head of that root.
/// </summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Head">The head that vouches for the root.</param>
/// <param name="Events">The stream's events from the first on.</param>
public sealed record StreamProof(string Format, string Stream, SignedHead Head, IReadOnlyList<ProvenEvent> Events)
{
    /// <summary>The format of the file.</summary>
    public const string CurrentFormat = "approval.proof.v1";

    const string EventName = "approval-issued.v1";

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is not a proof.</exception>
    public static StreamProof Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<StreamProof>(json, Options) ?? throw new JsonException("The file is empty.");

    /// <summary>The file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Checks everything in it.</summary>
    /// <param name="key">The public key that must have signed the head; null to take the one in the file at its word.</param>
    /// <returns>What is wrong first; null if nothing is.</returns>
    public string? Fault(string? key = null)
    {
        if (Format != CurrentFormat) return $"The format {Format} is not {CurrentFormat}.";
        if (LogHash.Named(Head.Hash) is not { } hash) return $"The hash function {Head.Hash} is not known.";
        if (key is not null && !string.Equals(key, Head.Key, StringComparison.OrdinalIgnoreCase)) return $"The head is signed by key {Head.KeyId}, not by the one expected.";
        if (!Head.IsSigned()) return "The head's signature is not valid.";
        if (Events.Count == 0) return "It holds no event.";
        try
        {
            var root = Convert.FromHexString(Head.Root);
            var link = CanonicalEvent.Beginning.ToArray();
            for (var i = 0; i < Events.Count; i++)
            {
                var e = Events[i];
                var said = CanonicalEvent.Read(e.Metadata);
                if (said.Jurisdiction != Head.Jurisdiction || said.Stream != Stream || said.Version != i + 1)
                    return $"Where event {i + 1} of {Stream} should be stands event {said.Version} of {said.Stream}.";
                CanonicalEvent.Leaf(hash, link, hash.Of(e.Content), e.Metadata, link);
                if (!MerkleTree.Includes(hash, link, e.Leaf, Head.Size, [.. e.Path.Select(Convert.FromHexString)], root))
                    return $"Event {said.Version} of {Stream} ({said.Type}, {said.At:yyyy-MM-dd HH:mm:ss} UTC) is not as the signed head has it.";
            }
        }
        catch (FormatException)
        {
            return "Some of its bytes cannot be read.";
        }

        return null;
    }

    /// <summary>Whether one of the events issued an approval whose document has this SHA-256. Says nothing of a proof that has a fault.</summary>
    /// <param name="document">The digest in hexadecimal, as printed.</param>
    public bool Issued(string document) => Events.Any(e =>
        CanonicalEvent.Read(e.Metadata).Type == EventName && CanonicalEvent.Data(e.Content) is { } data
        && JsonElement.Parse(data).TryGetProperty("documentSha256", out var sha256) && string.Equals(sha256.GetString(), document, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One event of a proof.</summary>
/// <param name="Leaf">Its place in the jurisdiction's log, from 0.</param>
/// <param name="Metadata">The metadata as hashed.</param>
/// <param name="Content">The content as hashed.</param>
/// <param name="Path">The hashes from the leaf to the root, in hexadecimal.</param>
public sealed record ProvenEvent(long Leaf, byte[] Metadata, byte[] Content, IReadOnlyList<string> Path);
