namespace Approval.Evidence;

/// <summary>The tree against a second, recursive telling of RFC 9162, and its proofs for every place and size up to 70.</summary>
public sealed class MerkleTreeTests
{
    const int Most = 70;

    static readonly LogHash Hash = LogHash.Sha256;
    static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(i => Hash.Of([0, (byte)i]))];

    // The eight leaves of the Certificate Transparency reference implementation.
    static readonly string[] KnownLeaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_the_reference(int size, string root)
    {
        var tree = new MerkleTree(Hash);
        foreach (var leaf in KnownLeaves.Take(size)) tree.Append(Hash.Of([0, .. Convert.FromHexString(leaf)]));
        Convert.ToHexStringLower(tree.Root()).ShouldBe(root);
    }

    [Fact]
    public void An_empty_tree_has_the_hash_of_nothing() => new MerkleTree(Hash).Root().ShouldBe(Hash.Of([]));

    [Fact]
    public void A_growing_tree_has_the_roots_of_the_definition_and_goes_on_from_its_edge()
    {
        var tree = new MerkleTree(Hash);
        for (var size = 1; size <= Most; size++)
        {
            tree.Append(Leaves[size - 1]);
            tree.Root().ShouldBe(Defined(0, size));
            tree = MerkleTree.At(Hash, size, tree.Edge());
            tree.Root().ShouldBe(Defined(0, size));
        }
    }

    [Fact]
    public void Full_subtrees_are_told_once_each()
    {
        var told = new Dictionary<(int, long), byte[]>();
        var tree = new MerkleTree(Hash);
        foreach (var leaf in Leaves) tree.Append(leaf, (level, index, hash) => told.Add((level, index), hash.ToArray()));
        told.Count.ShouldBe(35 + 17 + 8 + 4 + 2 + 1);
        foreach (var ((level, index), hash) in told) hash.ShouldBe(Defined((int)index << level, 1 << level));
    }

    [Fact]
    public async Task Every_leaf_is_proven_in_every_tree_and_at_no_other_place()
    {
        for (var size = 1; size <= Most; size++)
        {
            var root = Defined(0, size);
            for (var index = 0; index < size; index++)
            {
                var path = await MerkleTree.Inclusion(Hash, index, size, Subtree);
                MerkleTree.Includes(Hash, Leaves[index], index, size, path, root).ShouldBeTrue();
                MerkleTree.Includes(Hash, Leaves[(index + 1) % Most], index, size, path, root).ShouldBeFalse();
                if (size > 1) MerkleTree.Includes(Hash, Leaves[index], (index + 1) % size, size, path, root).ShouldBeFalse();
                MerkleTree.Includes(Hash, Leaves[index], index, size, [.. path, Leaves[0]], root).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public async Task Every_tree_is_proven_to_begin_every_larger_one()
    {
        for (var second = 1; second <= Most; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var path = await MerkleTree.Consistency(Hash, first, second, Subtree);
                var (old, now) = (Defined(0, first), Defined(0, second));
                MerkleTree.Continues(Hash, first, old, second, now, path).ShouldBeTrue();
                MerkleTree.Continues(Hash, first, Leaves[3], second, now, path).ShouldBeFalse();
                MerkleTree.Continues(Hash, first, old, second, Leaves[3], path).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void An_edge_of_another_size_is_refused() => Should.Throw<ArgumentException>(() => MerkleTree.At(Hash, 3, new byte[32]));

    static ValueTask<byte[]> Subtree(int level, long index) => new(Defined((int)index << level, 1 << level));

    static byte[] Defined(int from, int count)
    {
        if (count == 1) return Leaves[from];
        var left = 1;
        while (left * 2 < count) left *= 2;
        return Hash.Of([1, .. Defined(from, left), .. Defined(from + left, count - left)]);
    }
}
