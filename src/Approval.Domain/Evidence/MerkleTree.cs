using System.Numerics;

namespace Approval.Evidence;

/// <summary>The hash of a full subtree: of the leaves from <c>index · 2^level</c>, <c>2^level</c> of them.</summary>
public delegate ValueTask<byte[]> Subtree(int level, long index);

/// <summary>
/// A Merkle tree in the shape of RFC 9162 that grows leaf by leaf. It keeps only the full subtrees at its right edge, one for each bit of its size.
/// </summary>
/// <param name="hash">The hash function.</param>
public sealed class MerkleTree(LogHash hash)
{
    readonly byte[] peaks = new byte[64 * LogHash.Length]; // by level
    readonly byte[] grown = new byte[LogHash.Length];

    /// <summary>The hash function.</summary>
    public LogHash Hash => hash;

    /// <summary>How many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>A tree as it was.</summary>
    /// <param name="hash">The hash function.</param>
    /// <param name="size">Its size.</param>
    /// <param name="edge">What <see cref="Edge"/> gave.</param>
    public static MerkleTree At(LogHash hash, long size, ReadOnlySpan<byte> edge)
    {
        if (size < 0 || edge.Length != BitOperations.PopCount((ulong)size) * LogHash.Length) throw new ArgumentException("The edge does not belong to a tree of this size.", nameof(edge));
        var tree = new MerkleTree(hash) { Size = size };
        for (var (level, at) = (63, 0); level >= 0; level--)
        {
            if (!tree.Has(level)) continue;
            edge.Slice(at, LogHash.Length).CopyTo(tree.Peak(level));
            at += LogHash.Length;
        }

        return tree;
    }

    /// <summary>The full subtrees at the right edge, the largest first.</summary>
    public byte[] Edge() => [.. Enumerable.Range(0, 64).Reverse().Where(Has).SelectMany(level => Peak(level).ToArray())];

    /// <summary>Adds a leaf by its hash.</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="full">Told of each full subtree that it completes: level, index, hash.</param>
    public void Append(ReadOnlySpan<byte> leaf, Action<int, long, ReadOnlySpan<byte>>? full = null)
    {
        leaf.CopyTo(grown);
        var level = 0;
        for (; Has(level); level++)
        {
            hash.Node(Peak(level), grown, grown);
            full?.Invoke(level + 1, Size >> (level + 1), grown);
        }

        grown.CopyTo(Peak(level));
        Size++;
    }

    /// <summary>The tree's hash.</summary>
    public byte[] Root()
    {
        if (Size == 0) return hash.Of([]);
        var level = BitOperations.TrailingZeroCount(Size);
        var root = Peak(level).ToArray();
        while (++level < 64)
        {
            if (Has(level)) hash.Node(Peak(level), root, root);
        }

        return root;
    }

    /// <summary>The path from a leaf to the root of the tree of a size (RFC 9162 §2.1.3.1), the lowest first.</summary>
    public static async Task<IReadOnlyList<byte[]>> Inclusion(LogHash hash, long index, long size, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, count) = (0L, size);
        while (count > 1)
        {
            var left = Split(count);
            if (index < from + left)
            {
                path.Add(await Range(hash, from + left, count - left, subtree));
                count = left;
            }
            else
            {
                path.Add(await Range(hash, from, left, subtree));
                (from, count) = (from + left, count - left);
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>What shows that the tree of one size is the beginning of a larger one (RFC 9162 §2.1.4.1).</summary>
    public static async Task<IReadOnlyList<byte[]>> Consistency(LogHash hash, long first, long second, Subtree subtree)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, first);
        var path = new List<byte[]>();
        var (from, count, old, whole) = (0L, second, first, true);
        while (old < count)
        {
            var left = Split(count);
            if (old <= left)
            {
                path.Add(await Range(hash, from + left, count - left, subtree));
                count = left;
            }
            else
            {
                path.Add(await Range(hash, from, left, subtree));
                (from, count, old, whole) = (from + left, count - left, old - left, false);
            }
        }

        if (!whole) path.Add(await Range(hash, from, count, subtree));
        path.Reverse();
        return path;
    }

    /// <summary>Whether a leaf is at its place in the tree of this root (RFC 9162 §2.1.3.2).</summary>
    public static bool Includes(LogHash hash, ReadOnlySpan<byte> leaf, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || path.Any(p => p.Length != LogHash.Length)) return false;
        var (f, s) = (index, size - 1);
        var r = leaf.ToArray();
        foreach (var p in path)
        {
            if (s == 0) return false;
            if ((f & 1) == 1 || f == s)
            {
                r = hash.Node(p, r);
                while ((f & 1) == 0 && f != 0) (f, s) = (f >> 1, s >> 1);
            }
            else
            {
                r = hash.Node(r, p);
            }

            (f, s) = (f >> 1, s >> 1);
        }

        return s == 0 && root.SequenceEqual(r);
    }

    /// <summary>Whether the tree of one root is the beginning of the tree of another (RFC 9162 §2.1.4.2).</summary>
    public static bool Continues(
        LogHash hash, long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> path)
    {
        if (first < 1 || second < first || path.Any(p => p.Length != LogHash.Length)) return false;
        if (first == second) return path.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        IReadOnlyList<byte[]> steps = BitOperations.IsPow2(first) ? [firstRoot.ToArray(), .. path] : path;
        if (steps.Count == 0) return false;
        var (f, s) = (first - 1, second - 1);
        while ((f & 1) == 1) (f, s) = (f >> 1, s >> 1);
        var (old, now) = (steps[0], steps[0]);
        foreach (var c in steps.Skip(1))
        {
            if (s == 0) return false;
            if ((f & 1) == 1 || f == s)
            {
                (old, now) = (hash.Node(c, old), hash.Node(c, now));
                while ((f & 1) == 0 && f != 0) (f, s) = (f >> 1, s >> 1);
            }
            else
            {
                now = hash.Node(now, c);
            }

            (f, s) = (f >> 1, s >> 1);
        }

        return s == 0 && firstRoot.SequenceEqual(old) && secondRoot.SequenceEqual(now);
    }

    /// <summary>The hash of some leaves, of which the left part is always full.</summary>
    static async ValueTask<byte[]> Range(LogHash hash, long from, long count, Subtree subtree)
    {
        if (BitOperations.IsPow2(count)) return await subtree(BitOperations.TrailingZeroCount(count), from / count);
        var left = Split(count);
        var (one, other) = (await Range(hash, from, left, subtree), await Range(hash, from + left, count - left, subtree));
        return hash.Node(one, other);
    }

    /// <summary>The largest power of two below a count.</summary>
    static long Split(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));

    bool Has(int level) => ((Size >> level) & 1) == 1;

    Span<byte> Peak(int level) => peaks.AsSpan(level * LogHash.Length, LogHash.Length);
}
