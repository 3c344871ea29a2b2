using System.Security.Cryptography;
using System.Text;

namespace Approval.Webhooks;

/// <summary>The headers of Standard Webhooks: who receives can tell that the message is ours, whole and recent.</summary>
public static class Signature
{
    /// <summary>A new secret: 32 random bytes.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(32);

    /// <summary>The secret as the receiver keeps it.</summary>
    public static string Show(byte[] secret) => $"whsec_{Convert.ToBase64String(secret)}";

    /// <summary>The signature of one attempt.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="id"><c>webhook-id</c>: the event's id, the same in every attempt.</param>
    /// <param name="timestamp"><c>webhook-timestamp</c>: seconds since 1970 of this attempt.</param>
    /// <param name="body">The body.</param>
    public static string Of(byte[] secret, string id, long timestamp, byte[] body) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]))}";
}
