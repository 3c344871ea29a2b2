using Approval.Funds;

namespace Approval.MergedAppraisal;

/// <summary>The funds of one act, each as it stands after what the act has moved so far.</summary>
sealed class MoneyMoves(IEnumerable<Fund> funds)
{
    readonly Dictionary<FundId, Fund> now = funds.ToDictionary(f => f.Id);

    /// <summary>Everything moved so far, or why not.</summary>
    public Decision Made { get; private set; } = Decision.Nothing;

    /// <summary>Moves money in one fund.</summary>
    public void Move(FundId fund, Func<Fund, Decision> move)
    {
        var made = move(now[fund]);
        now[fund] = now[fund].After(made);
        Made = Made.And(made);
    }
}
