using Approval.BatchReview;
using Approval.Intake;
using Approval.MergedAppraisal;
using Approval.Scheduling;
using Approval.Signing;
using Approval.Supervision;

namespace Approval.Inbox;

/// <summary>
/// A command that needs nothing but a yes, and is therefore given in the inbox, alone or several together. An approval is signed where its document is in sight,
/// and what wants a reason, a sum or a choice is done on its page.
/// </summary>
/// <param name="Address">Where the command goes.</param>
/// <param name="Chinese">The button in Chinese.</param>
/// <param name="English">The button in English.</param>
/// <param name="Fields">What the command says, each with its type as Frontend/act.js reads it.</param>
public sealed record AtOnce(string Address, string Chinese, string English, params IReadOnlyList<(string Name, string Value, string Type)> Fields)
{
    /// <summary>The command that an item waits for; null if it needs more than a yes.</summary>
    /// <param name="item">The item.</param>
    /// <param name="open">The batch that takes proposals in today.</param>
    public static AtOnce? Of(InboxItem item, BatchRow? open)
    {
        var at = $"/api/proposals/{item.Id}";
        return item switch
        {
            { Kind: not InboxKind.Proposal } => null,
            { Deed: "Sign", Round: { } round, Revision: { } revision, Stage: Stage.Endorsement or Stage.EarlyScheduling } =>
                new($"{at}/rounds/{round.Value}/signature", "签署同意", "Sign", ("revision", $"{revision}", "number")),
            { Deed: "Sign", Round: not null, Revision: { } revision, Stage: Stage.BatchReview } =>
                new($"{at}/pre-review", "签署支持", "Sign for", ("revision", $"{revision}", "number"), ("support", "true", "boolean")),
            { Deed: nameof(SubmitProposal) } => new($"{at}/submission", "提交申报", "Submit"),
            { Deed: nameof(AcceptProposal) } => new($"{at}/acceptance", "受理", "Accept"),
            { Deed: nameof(ClassifyProposal) } => new($"{at}/classification", "列为一般项目", "Classify as general", ("track", "general", "text")),
            { Deed: nameof(JoinBatch) } when open is not null => new($"/api/batches/{open.Id.Value}/members", $"列入“{open.Title}”", $"Put into “{open.Title}”", ("proposal", item.Id, "text")),
            { Deed: nameof(AdoptChanges) } => new($"{at}/changes-adoption", "确认修改已落实", "Confirm the changes"),
            { Deed: nameof(CompleteProject) } => new($"{at}/completion", "办结", "Complete"),
            _ => null,
        };
    }

    /// <summary>Whether the command rests on the version of the proposal that was read. A signature rests on the revision that it names, whoever signs meanwhile.</summary>
    public bool RestsOnVersion => Address.StartsWith("/api/proposals/", StringComparison.Ordinal) && Fields.All(f => f.Name != "revision");
}
