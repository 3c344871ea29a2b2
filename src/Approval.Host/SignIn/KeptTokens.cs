using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Approval.SignIn;

/// <summary>
/// Checks tokens, and those found good only once: they are believed until they expire, or until the provider's key set is looked at again, whichever is first.
/// A key that the provider has withdrawn therefore takes its tokens along.
/// </summary>
sealed class KeptTokens : JsonWebTokenHandler, IDisposable
{
    const int CharactersAtMost = 4 << 20;

    readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = CharactersAtMost });

    sealed record Kept(object? Keys, TokenValidationResult Result);

    /// <inheritdoc/>
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var keys = await KeysOf(validationParameters);
        if (kept.Get(token) is Kept known && ReferenceEquals(known.Keys, keys)) return known.Result;
        var result = await base.ValidateTokenAsync(token, validationParameters);
        // Checking may have looked at the keys again: then nobody knows by which of them.
        if (!result.IsValid || keys is null || !ReferenceEquals(keys, await KeysOf(validationParameters))) return result;
        var until = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + validationParameters.ClockSkew;
        kept.Set(token, new Kept(keys, result), new MemoryCacheEntryOptions { Size = token.Length, AbsoluteExpiration = until });
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    static async Task<object?> KeysOf(TokenValidationParameters parameters)
    {
        try
        {
            return parameters.ConfigurationManager is { } provider ? await provider.GetBaseConfigurationAsync(CancellationToken.None) : parameters.IssuerSigningKey;
        }
        catch (InvalidOperationException)
        {
            return null; // the provider is away, which is for the check to say
        }
    }
}
