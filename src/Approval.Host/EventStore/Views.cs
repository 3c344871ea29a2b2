using System.Collections.Concurrent;
using Npgsql;

namespace Approval.EventStore;

/// <summary>The current views of the product. Each stage adds its own where it maps its routes.</summary>
public sealed class Views
{
    readonly ConcurrentDictionary<string, View> byName = new();
    readonly ConcurrentDictionary<string, IReadOnlyList<View>> byKind = new();

    /// <summary>All views.</summary>
    public IEnumerable<View> All => byName.Values.OrderBy(v => v.Name);

    /// <summary>Adds a view.</summary>
    public void Add(View view)
    {
        if (!byName.TryAdd(view.Name, view)) throw new InvalidOperationException($"There are two views {view.Name}.");
        byKind.Clear();
    }

    internal IReadOnlyList<View> Of(StreamId stream) => byKind.GetOrAdd(stream.Kind, kind => [.. All.Where(v => v.Kind.Name == kind)]);

    /// <summary>Makes the tables that are missing or whose layout changed, with their rows.</summary>
    public async Task Prepare(NpgsqlDataSource owner, EventTypes types)
    {
        var built = new HashSet<(string, string)>();
        await using (var command = owner.CreateCommand("select name, hash from approval.views"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) built.Add((reader.GetString(0), reader.GetString(1)));
        }

        await ViewRebuild.Run(owner, types, [.. All.Where(v => !built.Contains((v.Name, v.Hash)))]);
    }
}
