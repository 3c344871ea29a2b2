using System.Globalization;

namespace Approval;

/// <summary>An amount in yuan with exactly two digits after the point; never floating point. May be negative only as a difference.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount the engine takes: 9,999,999,999,999.99 yuan.</summary>
    public const decimal Limit = 9_999_999_999_999.99m;

    /// <summary>The amount in yuan, scale 2.</summary>
    public decimal Yuan { get; }

    /// <summary>Makes an amount of yuan.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than two digits after the point, or beyond <see cref="Limit"/>.</exception>
    public Money(decimal yuan)
    {
        if (!Fits(yuan)) throw new ArgumentOutOfRangeException(nameof(yuan), yuan, "An amount has at most two digits after the point.");
        Yuan = decimal.Round(yuan, 2) + 0.00m;
    }

    /// <summary>No money.</summary>
    public static Money Zero => new(0m);

    /// <summary>Whether a number can be an amount: at most two digits after the point and within <see cref="Limit"/>.</summary>
    public static bool Fits(decimal yuan) => Math.Abs(yuan) <= Limit && decimal.Round(yuan, 2) == yuan;

    /// <summary>By how much two amounts differ, whichever is the larger.</summary>
    public static Money Distance(Money a, Money b) => a > b ? a - b : b - a;

    /// <summary>The sum of amounts.</summary>
    public static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Zero, (a, b) => a + b);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Yuan.CompareTo(other.Yuan);

    /// <summary>Adds.</summary>
    public static Money operator +(Money a, Money b) => new(a.Yuan + b.Yuan);

    /// <summary>Subtracts.</summary>
    public static Money operator -(Money a, Money b) => new(a.Yuan - b.Yuan);

    /// <summary>Compares.</summary>
    public static bool operator <(Money a, Money b) => a.Yuan < b.Yuan;

    /// <summary>Compares.</summary>
    public static bool operator >(Money a, Money b) => a.Yuan > b.Yuan;

    /// <summary>Compares.</summary>
    public static bool operator <=(Money a, Money b) => a.Yuan <= b.Yuan;

    /// <summary>Compares.</summary>
    public static bool operator >=(Money a, Money b) => a.Yuan >= b.Yuan;

    /// <inheritdoc/>
    public override string ToString() => Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
