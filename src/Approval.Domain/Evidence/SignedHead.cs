using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Approval.Evidence;

/// <summary>A signed statement of how long a jurisdiction's log was and which hash its tree had.</summary>
/// <param name="Jurisdiction">The jurisdiction.</param>
/// <param name="Hash">The hash function's name.</param>
/// <param name="Size">How many events.</param>
/// <param name="Root">The tree's hash in hexadecimal.</param>
/// <param name="At">When it was signed, to the microsecond.</param>
/// <param name="Key">The public key in hexadecimal.</param>
/// <param name="Signature">The signature by Ed25519 in hexadecimal.</param>
public sealed record SignedHead(string Jurisdiction, string Hash, long Size, string Root, DateTimeOffset At, string Key, string Signature)
{
    /// <summary>A short name of the key: the beginning of its SHA-256.</summary>
    [JsonIgnore]
    public string KeyId => KeyIdOf(Key);

    /// <summary>A short name of a key.</summary>
    public static string KeyIdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(key)))[..16];

    /// <summary>Signs a head.</summary>
    public static SignedHead Sign(string jurisdiction, MerkleTree tree, DateTimeOffset at, ReadOnlySpan<byte> secret)
    {
        var head = new SignedHead(jurisdiction, tree.Hash.Name, tree.Size, Convert.ToHexStringLower(tree.Root()), at, Convert.ToHexStringLower(Ed25519.PublicKey(secret)), "");
        return head with { Signature = Convert.ToHexStringLower(Ed25519.Sign(secret, head.Message())) };
    }

    /// <summary>Whether the key in it signed it.</summary>
    public bool IsSigned()
    {
        try
        {
            return Ed25519.Verify(Convert.FromHexString(Key), Message(), Convert.FromHexString(Signature));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>What is signed: seven lines of text, each ended by a line feed.</summary>
    public byte[] Message() => Encoding.UTF8.GetBytes(
        $"approval.head.v1\n{Jurisdiction}\n{Hash}\n{Size}\n{Root}\n{At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}\n{Key}\n");
}
