using System.Text;

namespace Approval.Evidence;

/// <summary>A proof holds by itself, and not one byte of it can be changed.</summary>
public sealed class StreamProofTests
{
    static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void An_event_is_read_back_from_its_canonical_form() =>
        CanonicalEvent.Read(Event(3).Metadata()).ShouldBe(Event(3));

    [Fact]
    public void The_canonical_form_is_fixed()
    {
        var e = new CanonicalEvent(7, "demo", "s-1", 2, new Guid("00112233-4455-6677-8899-aabbccddeeff"), "t.v1", new DateTimeOffset(2000, 1, 1, 0, 0, 1, TimeSpan.Zero), "p", null, null, "{}", null);
        Convert.ToHexStringLower(e.Metadata()).ShouldBe(
            "000e" + "000000080000000000000007" + "0000000464656d6f" + "00000003732d31" + "000000080000000000000002" + "0000001000112233445566778899aabbccddeeff" + "00000004742e7631"
            + "0000000800000000000f4240" + "0000000170" + "ffffffff" + "ffffffff" + "00000003017b7d" + "ffffffff");
        Convert.ToHexStringLower(CanonicalEvent.Content("{}")).ShouldBe("00000003017b7d" + "ffffffff");
        CanonicalEvent.Data(CanonicalEvent.Content("{}")).ShouldBe("{}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("000e")]
    [InlineData("000d000000080000000000000007")]
    [InlineData("000e7fffffff00")]
    public void What_is_not_canonical_is_not_read(string bytes) =>
        Should.Throw<FormatException>(() => CanonicalEvent.Read(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData("sha-256")]
    [InlineData("sm3")]
    public async Task A_whole_proof_holds_also_after_it_was_written_and_read(string hash)
    {
        var proof = StreamProof.Read((await Proof(LogHash.Named(hash)!)).Write());
        proof.Fault().ShouldBeNull();
        proof.Fault(proof.Head.Key).ShouldBeNull();
    }

    [Fact]
    public async Task A_proof_signed_by_another_key_does_not_hold() =>
        (await Proof()).Fault(Convert.ToHexStringLower(Ed25519.PublicKey(new byte[32])))!.ShouldContain("not by the one expected");

    [Fact]
    public async Task An_edited_content_is_found()
    {
        var proof = await Proof();
        proof = With(proof, 1, proof.Events[1] with { Content = CanonicalEvent.Content("{\"amount\": 9}") });
        proof.Fault().ShouldBe("Event 2 of proposal-1 (thing-done.v1, 2026-03-01 08:00:00 UTC) is not as the signed head has it.");
    }

    [Fact]
    public async Task Edited_metadata_are_found()
    {
        var proof = await Proof();
        proof = With(proof, 0, proof.Events[0] with { Metadata = (Event(1) with { Person = "another" }).Metadata() });
        proof.Fault()!.ShouldStartWith("Event 1 of proposal-1");
    }

    [Fact]
    public async Task An_event_left_out_is_found()
    {
        var proof = await Proof();
        (proof with { Events = [proof.Events[0], proof.Events[2]] }).Fault().ShouldBe("Where event 2 of proposal-1 should be stands event 3 of proposal-1.");
        (proof with { Events = [] }).Fault().ShouldBe("It holds no event.");
    }

    [Fact]
    public async Task An_edited_head_is_found()
    {
        var proof = await Proof();
        (proof with { Head = proof.Head with { Size = 9 } }).Fault().ShouldBe("The head's signature is not valid.");
        (proof with { Head = proof.Head with { Signature = "zz" } }).Fault().ShouldBe("The head's signature is not valid.");
        (proof with { Head = proof.Head with { Hash = "md5" } }).Fault().ShouldBe("The hash function md5 is not known.");
        (proof with { Format = "approval.proof.v0" }).Fault()!.ShouldContain("is not approval.proof.v1");
    }

    static StreamProof With(StreamProof proof, int at, ProvenEvent e) => proof with { Events = [.. proof.Events.Select((old, i) => i == at ? e : old)] };

    static CanonicalEvent Event(int version) => new(
        version * 3, "demo", "proposal-1", version, new Guid(version, 0, 0, new byte[8]), "thing-done.v1", new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        "office", "trace", null, "{\"unit\": \"u1\"}", null);

    // The stream's three events stand between those of others.
    static async Task<StreamProof> Proof(LogHash? hash = null)
    {
        hash ??= LogHash.Sha256;
        var (leaves, events, link) = (new List<byte[]>(), new List<ProvenEvent>(), CanonicalEvent.Beginning.ToArray());
        for (var version = 1; version <= 3; version++)
        {
            leaves.Add(hash.Of(Encoding.UTF8.GetBytes($"another's {version}")));
            var (metadata, content) = (Event(version).Metadata(), CanonicalEvent.Content($$"""{"amount": {{version}}}"""));
            CanonicalEvent.Leaf(hash, link, hash.Of(content), metadata, link);
            events.Add(new(leaves.Count, metadata, content, []));
            leaves.Add([.. link]);
        }

        var tree = new MerkleTree(hash);
        foreach (var leaf in leaves) tree.Append(leaf);
        var proven = new List<ProvenEvent>();
        foreach (var e in events)
        {
            var path = await MerkleTree.Inclusion(hash, e.Leaf, tree.Size, (level, index) => new(Full(hash, leaves, level, index)));
            proven.Add(e with { Path = [.. path.Select(Convert.ToHexStringLower)] });
        }

        return new(StreamProof.CurrentFormat, "proposal-1", SignedHead.Sign("demo", tree, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero), Secret), proven);
    }

    static byte[] Full(LogHash hash, List<byte[]> leaves, int level, long index) =>
        level == 0 ? leaves[(int)index] : hash.Node(Full(hash, leaves, level - 1, 2 * index), Full(hash, leaves, level - 1, (2 * index) + 1));
}
