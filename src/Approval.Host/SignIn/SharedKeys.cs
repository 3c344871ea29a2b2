using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Approval.SignIn;

/// <summary>
/// The keys of cookies and antiforgery tokens, kept in the database: a person signed in at one host is signed in at all of them. They are encrypted for the certificate in the PEM file that
/// <c>Authentication:KeysCertificate</c> names, the same at all hosts; without one they stand there in the clear, and whoever reads the database could make a session.
/// </summary>
public sealed class SharedKeys(NpgsqlDataSource database) : IXmlRepository
{
    const string Certificate = "Authentication:KeysCertificate";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from approval.data_protection_keys order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read()) keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into approval.data_protection_keys (id, xml) values ($1, $2) on conflict (id) do nothing");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }

    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("approval");
        if (configuration[Certificate] is { Length: > 0 } file) protection.ProtectKeysWithCertificate(Read(file));
        services.AddSingleton<SharedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<SharedKeys>((o, keys) => o.XmlRepository = keys);
    }

    static X509Certificate2 Read(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new MisconfiguredException($"{Certificate} must name a readable PEM file with a certificate and its private RSA key, as openssl req -x509 makes them.");
        }
    }
}
