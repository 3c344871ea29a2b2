namespace Approval.Testing;

/// <summary>Looks into a test's database.</summary>
public static class Sql
{
    /// <summary>Runs a statement.</summary>
    public static async Task Run(this TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One number.</summary>
    public static async Task<long> Number(this TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    /// <summary>One text, or null.</summary>
    public static async Task<string?> Text(this TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() as string;
    }

    /// <summary>A column of numbers.</summary>
    public static async Task<long[]> Numbers(this TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var numbers = new List<long>();
        while (await reader.ReadAsync()) numbers.Add(reader.GetInt64(0));
        return [.. numbers];
    }
}
