namespace Approval;

/// <summary>Names one stream of events inside a jurisdiction, as <c>kind-key</c>: <c>proposal-0198…</c>.</summary>
public readonly record struct StreamId(string Value)
{
    /// <summary>The kind of stream: the part before the first hyphen, or the whole for a stream of which a jurisdiction has one.</summary>
    public string Kind => Value.IndexOf('-', StringComparison.Ordinal) is > 0 and var i ? Value[..i] : Value;

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An identifier that is a distinct type, so that a fund is never looked up by a batch's id.</summary>
/// <typeparam name="T">The identifier itself.</typeparam>
public interface IId<T> where T : struct, IId<T>
{
    /// <summary>The text form, as it stands in events, addresses and answers.</summary>
    string Value { get; }

    /// <summary>Makes the identifier from its text form.</summary>
    static abstract T Of(string value);
}

/// <summary>A jurisdiction (district, county, city): the tenant to which every stream and view row belongs.</summary>
public readonly record struct JurisdictionId(string Value) : IId<JurisdictionId>
{
    /// <inheritdoc/>
    public static JurisdictionId Of(string value) => new(value);
}

/// <summary>A unit (项目单位 or a reviewing body) of a jurisdiction.</summary>
public readonly record struct UnitId(string Value) : IId<UnitId>
{
    /// <summary>The unit's own stream.</summary>
    public StreamId Stream => new($"unit-{Value}");

    /// <inheritdoc/>
    public static UnitId Of(string value) => new(value);
}

/// <summary>A person: the subject that the identity provider names.</summary>
public readonly record struct PersonId(string Value) : IId<PersonId>
{
    /// <summary>The person's own stream.</summary>
    public StreamId Stream => new($"person-{Value}");

    /// <inheritdoc/>
    public static PersonId Of(string value) => new(value);
}

/// <summary>A proposal (申报项目).</summary>
public readonly record struct ProposalId(string Value) : IId<ProposalId>
{
    /// <summary>The proposal's own stream.</summary>
    public StreamId Stream => new($"proposal-{Value}");

    /// <inheritdoc/>
    public static ProposalId Of(string value) => new(value);
}

/// <summary>A signing round (签批) on a proposal; unique within the proposal.</summary>
public readonly record struct RoundId(string Value) : IId<RoundId>
{
    /// <inheritdoc/>
    public static RoundId Of(string value) => new(value);
}

/// <summary>A fund (资金): a special fund of a year, or another source.</summary>
public readonly record struct FundId(string Value) : IId<FundId>
{
    /// <summary>The fund's own stream.</summary>
    public StreamId Stream => new($"fund-{Value}");

    /// <inheritdoc/>
    public static FundId Of(string value) => new(value);
}

/// <summary>Money set aside in one fund for one proposal; unique within the fund.</summary>
public readonly record struct ReservationId(string Value) : IId<ReservationId>
{
    /// <inheritdoc/>
    public static ReservationId Of(string value) => new(value);
}

/// <summary>The early schedule (提前安排) of one year: the slots given to key projects.</summary>
public readonly record struct EarlyScheduleId(int Year)
{
    /// <summary>The schedule's own stream.</summary>
    public StreamId Stream => new($"schedule-{Year}");
}

/// <summary>A batch (批次) of general proposals reviewed together.</summary>
public readonly record struct BatchId(string Value) : IId<BatchId>
{
    /// <summary>The batch's own stream.</summary>
    public StreamId Stream => new($"batch-{Value}");

    /// <inheritdoc/>
    public static BatchId Of(string value) => new(value);
}

/// <summary>An appraisal (论证) over one or several similar proposals.</summary>
public readonly record struct AppraisalId(string Value) : IId<AppraisalId>
{
    /// <summary>The appraisal's own stream.</summary>
    public StreamId Stream => new($"appraisal-{Value}");

    /// <inheritdoc/>
    public static AppraisalId Of(string value) => new(value);
}

/// <summary>An interface in the jurisdiction's interface catalogue (接口目录).</summary>
public readonly record struct InterfaceId(string Value) : IId<InterfaceId>
{
    /// <inheritdoc/>
    public static InterfaceId Of(string value) => new(value);
}

/// <summary>A meeting of the CIO committee (委员会例会).</summary>
public readonly record struct MeetingId(string Value) : IId<MeetingId>
{
    /// <summary>The meeting's own stream.</summary>
    public StreamId Stream => new($"meeting-{Value}");

    /// <inheritdoc/>
    public static MeetingId Of(string value) => new(value);
}

/// <summary>A system that the jurisdiction already runs (已建系统).</summary>
public readonly record struct SystemId(string Value) : IId<SystemId>
{
    /// <summary>The system's own stream.</summary>
    public StreamId Stream => new($"system-{Value}");

    /// <inheritdoc/>
    public static SystemId Of(string value) => new(value);
}

/// <summary>A programme (规划): a plan period that groups projects.</summary>
public readonly record struct ProgrammeId(string Value) : IId<ProgrammeId>
{
    /// <summary>The programme's own stream.</summary>
    public StreamId Stream => new($"programme-{Value}");

    /// <inheritdoc/>
    public static ProgrammeId Of(string value) => new(value);
}

/// <summary>The streams of which each jurisdiction has exactly one.</summary>
public static class JurisdictionStreams
{
    /// <summary>All versions of the approval policy.</summary>
    public static readonly StreamId Policies = new("policies");

    /// <summary>All versions of the working-day calendar.</summary>
    public static readonly StreamId Calendar = new("calendar");

    /// <summary>The interface catalogue.</summary>
    public static readonly StreamId InterfaceCatalogue = new("catalogue");

    /// <summary>The approval numbers given out, year by year.</summary>
    public static readonly StreamId ApprovalNumbers = new("numbers");
}
