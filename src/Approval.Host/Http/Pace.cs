using System.Threading.RateLimiting;

namespace Approval.Http;

/// <summary>
/// Keeps one person, or one script in a person's name, from crowding out the others: so many requests a second on average
/// (<c>Approval:RequestsPerSecond</c>, 500 unless set, 0 for no limit), and four times as many at once.
/// </summary>
public sealed class Pace : IDisposable
{
    readonly PartitionedRateLimiter<Actor>? limiter;

    /// <summary>Reads the limit.</summary>
    public Pace(IConfiguration configuration)
    {
        var perSecond = configuration.Setting("Approval:RequestsPerSecond", 500);
        if (perSecond <= 0) return;
        limiter = PartitionedRateLimiter.Create<Actor, (JurisdictionId, PersonId)>(actor =>
            RateLimitPartition.GetTokenBucketLimiter((actor.Jurisdiction, actor.Person), _ => new()
            {
                TokenLimit = 4 * perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
    }

    /// <summary>Counts one request.</summary>
    /// <exception cref="ProblemException">There were too many.</exception>
    public void Count(Actor actor)
    {
        if (limiter?.AttemptAcquire(actor) is { IsAcquired: false }) throw new ProblemException(Faults.TooManyRequests.With());
    }

    /// <inheritdoc/>
    public void Dispose() => limiter?.Dispose();
}
