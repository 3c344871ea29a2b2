namespace Approval.Evidence;

/// <summary>Ed25519 gives the test vectors of RFC 8032 §7.1, and takes no signature that was touched.</summary>
public sealed class Ed25519Tests
{
    public static TheoryData<string, string, string, string> Vectors => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Keys_and_signatures_are_those_of_the_standard(string secret, string key, string message, string signature)
    {
        Convert.ToHexStringLower(Ed25519.PublicKey(Hex(secret))).ShouldBe(key);
        Convert.ToHexStringLower(Ed25519.Sign(Hex(secret), Hex(message))).ShouldBe(signature);
        Ed25519.Verify(Hex(key), Hex(message), Hex(signature)).ShouldBeTrue();
    }

    [Fact]
    public void Random_messages_verify_and_a_flipped_bit_anywhere_does_not()
    {
        var random = new Random(8032);
        for (var round = 0; round < 10; round++)
        {
            var (secret, message) = (new byte[32], new byte[random.Next(1, 200)]);
            random.NextBytes(secret);
            random.NextBytes(message);
            var (key, signature) = (Ed25519.PublicKey(secret), Ed25519.Sign(secret, message));
            Ed25519.Verify(key, message, signature).ShouldBeTrue();
            Ed25519.Verify(key, Flipped(message, random), signature).ShouldBeFalse();
            Ed25519.Verify(key, message, Flipped(signature, random)).ShouldBeFalse();
            Ed25519.Verify(Flipped(key, random), message, signature).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_signature_has_one_form_only()
    {
        // S + L would verify too, if it were let through.
        var (secret, message) = (new byte[32], "head"u8.ToArray());
        var signature = Ed25519.Sign(secret, message);
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493");
        var other = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        other.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        Ed25519.Verify(Ed25519.PublicKey(secret), message, signature).ShouldBeFalse();
    }

    [Fact]
    public void What_is_no_key_verifies_nothing()
    {
        Ed25519.Verify(new byte[31], [], new byte[64]).ShouldBeFalse();
        Ed25519.Verify([.. Enumerable.Repeat((byte)0xff, 32)], [], new byte[64]).ShouldBeFalse();
        Ed25519.Verify(Hex("0200000000000000000000000000000000000000000000000000000000000000"), [], new byte[64]).ShouldBeFalse(); // not on the curve
    }

    static byte[] Hex(string hex) => Convert.FromHexString(hex);

    static byte[] Flipped(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        flipped[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }
}
