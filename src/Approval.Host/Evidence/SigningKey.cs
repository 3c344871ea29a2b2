using System.Security.Cryptography;
using Approval.SignIn;

namespace Approval.Evidence;

/// <summary>
/// The key that signs heads: an Ed25519 key in a PEM file named by <c>Evidence:KeyFile</c>, made by <c>openssl genpkey -algorithm ed25519</c>. Demo mode makes one
/// for as long as the host runs. Without a key the record is sealed and no head is signed.
/// </summary>
public sealed class SigningKey
{
    // PKCS #8 of RFC 8410: what stands before the 32 bytes of the key.
    static readonly byte[] Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    readonly byte[]? secret;

    /// <summary>Reads the key.</summary>
    /// <exception cref="MisconfiguredException">The file is not one.</exception>
    public SigningKey(IConfiguration configuration)
    {
        secret = configuration["Evidence:KeyFile"] is { } file ? Read(file)
            : DemoMode.IsOn(configuration) ? RandomNumberGenerator.GetBytes(Ed25519.KeyLength)
            : null;
        PublicKey = secret is null ? null : Convert.ToHexStringLower(Ed25519.PublicKey(secret));
    }

    /// <summary>The public key in hexadecimal; null if there is none.</summary>
    public string? PublicKey { get; }

    /// <summary>Signs a head.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    internal SignedHead Sign(string jurisdiction, MerkleTree tree, DateTimeOffset at) =>
        SignedHead.Sign(jurisdiction, tree, at, secret ?? throw new InvalidOperationException("No key is configured."));

    static byte[] Read(string file)
    {
        try
        {
            var text = File.ReadAllText(file);
            var pem = PemEncoding.Find(text);
            var key = Convert.FromBase64String(text[pem.Base64Data]);
            if (text[pem.Label] == "PRIVATE KEY" && key.Length == Prefix.Length + Ed25519.KeyLength && key.AsSpan().StartsWith(Prefix)) return key[Prefix.Length..];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            // Said below, without what was read.
        }

        throw new MisconfiguredException("Evidence:KeyFile must name a readable PEM file with an Ed25519 private key, as openssl genpkey -algorithm ed25519 makes it.");
    }
}
