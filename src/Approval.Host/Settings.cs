using System.Globalization;
using Approval.SignIn;

namespace Approval;

/// <summary>Reads settings. One that cannot be read is named, and what stands there is not repeated: it may be a secret in the wrong place.</summary>
static class Settings
{
    /// <summary>A setting, or what holds without it.</summary>
    /// <exception cref="MisconfiguredException">It cannot be read.</exception>
    public static T Setting<T>(this IConfiguration configuration, string key, T otherwise) where T : IParsable<T> =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw new MisconfiguredException($"{key} must be {(typeof(T) == typeof(bool) ? "true or false" : typeof(T) == typeof(TimeSpan) ? "a duration such as 00:10:00" : "a whole number")}.");
}
