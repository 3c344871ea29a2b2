using System.Collections.Concurrent;
using Npgsql;

namespace Approval.EventStore;

/// <summary>The current views of the product. Each stage adds its own where it maps its routes.</summary>
public sealed class Views
{
    readonly ConcurrentDictionary<string, View> byName = new();

    /// <summary>All views.</summary>
    public IEnumerable<View> All => byName.Values.OrderBy(v => v.Name);

    /// <summary>Adds a view.</summary>
    public void Add(View view)
    {
        if (!byName.TryAdd(view.Name, view)) throw new InvalidOperationException($"There are two views {view.Name}.");
    }

    internal IEnumerable<View> Of(StreamId stream) => byName.Values.Where(v => v.Kind.Name == stream.Kind);

    /// <summary>Makes the tables that are missing or whose layout changed, with their rows.</summary>
    public async Task Prepare(NpgsqlDataSource owner, EventTypes types)
    {
        await using var connection = await owner.OpenConnectionAsync();
        foreach (var view in All)
        {
            await using var lookup = new NpgsqlCommand("select hash from approval.views where name = $1", connection) { Parameters = { new() { Value = view.Name } } };
            if (await lookup.ExecuteScalarAsync() as string == view.Hash) continue;
            await ViewRebuild.Run(owner, types, view);
        }
    }
}
