namespace Approval.Committee;

/// <summary>A member takes no part in an item, by own declaration or as the office records. A vote cast before no longer counts.</summary>
/// <param name="Item">The item.</param>
/// <param name="Member">The member.</param>
/// <param name="Reason">Why.</param>
public sealed record RecuseMember(int Item, PersonId Member, string Reason)
{
    /// <summary>Decides.</summary>
    public static Decision Decide(RecuseMember command, Meeting meeting, Occasion on)
    {
        if (Permissions.Check(nameof(RecuseMember), on.By) is { } no) return no;
        if (!on.By.Is(Role.CioOffice) && on.By.Person != command.Member) return Permissions.NotPermitted.With();
        if (Texts.Check("reason", command.Reason, Texts.Remark).ToList() is { Count: > 0 } wrong) return Decision.Refuse(wrong);
        if (meeting.Closed) return CommitteeRefusals.MeetingOver.With();
        if (!meeting.Items.TryGetValue(command.Item, out var item)) return CommitteeRefusals.NoSuchItem.At("item", command.Item);
        if (meeting.Member(command.Member) is null) return CommitteeRefusals.NotEntitled.At("member");
        if (item.IsRecused(command.Member)) return Decision.Nothing;
        if (item.Resolved is { } resolved) return CommitteeRefusals.ItemResolvedAlready.With(resolved.Resolution);
        return Decision.Of(meeting.Id.Stream, new MemberRecused(command.Item, command.Member, RecusalGround.Other, command.Reason));
    }
}
