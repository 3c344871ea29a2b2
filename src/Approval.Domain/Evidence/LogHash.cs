using System.Security.Cryptography;

namespace Approval.Evidence;

/// <summary>The hash function of a log: 32 bytes each. A log keeps the one with which it began.</summary>
public abstract class LogHash
{
    /// <summary>The length of every hash, in bytes.</summary>
    public const int Length = 32;

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public static readonly LogHash Sha256 = new Sha256Hash();

    /// <summary>SM3 (GB/T 32905-2016).</summary>
    public static readonly LogHash Sm3 = new Sm3Hash();

    /// <summary>Its name in configuration, heads and proofs: <c>sha-256</c> or <c>sm3</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The hash function of a name; null if there is none.</summary>
    public static LogHash? Named(string name) => name == Sha256.Name ? Sha256 : name == Sm3.Name ? Sm3 : null;

    /// <summary>Hashes into 32 bytes.</summary>
    public abstract void Hash(ReadOnlySpan<byte> data, Span<byte> into);

    /// <summary>The hash of some bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> data)
    {
        var hash = new byte[Length];
        Hash(data, hash);
        return hash;
    }

    /// <summary>The hash of an inner node of the tree: 0x01, left, right (RFC 9162 §2.1.1).</summary>
    public void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> into)
    {
        Span<byte> node = stackalloc byte[1 + (2 * Length)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Length)..]);
        Hash(node, into);
    }

    /// <inheritdoc cref="Node(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>
    public byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Length];
        Node(left, right, hash);
        return hash;
    }

    sealed class Sha256Hash : LogHash
    {
        public override string Name => "sha-256";

        [ThreadStatic]
        static IncrementalHash? kept; // begun once: a hash in one go begins anew each time, which takes as long as 100 bytes

        public override void Hash(ReadOnlySpan<byte> data, Span<byte> into)
        {
            kept ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            kept.AppendData(data);
            kept.GetHashAndReset(into);
        }
    }

    sealed class Sm3Hash : LogHash
    {
        public override string Name => "sm3";

        public override void Hash(ReadOnlySpan<byte> data, Span<byte> into) => Evidence.Sm3.Hash(data, into);
    }
}
