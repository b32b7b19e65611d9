using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.TestDatabases;

/// <summary>Looks through every column of every table of a module's database.</summary>
public static class SchemaScan
{
    /// <summary>The tables of the schema.</summary>
    public static async Task<IReadOnlyList<string>> TablesAsync(ModuleDatabase database, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadAllAsync<string>(
            session.Sql(
                sqlite: "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name",
                mySql: "select table_name from information_schema.tables where table_schema = database() order by table_name"
            ),
            null,
            cancellationToken
        );
    }

    /// <summary>The columns, as <c>table.column</c>, that contain one of these texts, or this id as a number or in a text.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        ModuleDatabase database,
        long id,
        IReadOnlyCollection<string> texts,
        CancellationToken cancellationToken
    )
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        string[] needles = [.. texts, id.ToString(CultureInfo.InvariantCulture)];
        foreach (var table in await TablesAsync(database, cancellationToken))
        {
            await using var session = await database.OpenAsync(cancellationToken);
            foreach (var row in await session.ReadAllAsync<object>("select * from " + table, null, cancellationToken))
            {
                foreach (var (column, value) in (IDictionary<string, object?>)row)
                {
                    var text = value switch
                    {
                        byte[] bytes => Encoding.UTF8.GetString(bytes),
                        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                        _ => $"{value}",
                    };
                    if (needles.Any(needle => text.Contains(needle, StringComparison.OrdinalIgnoreCase)))
                        found.Add($"{table}.{column}");
                }
            }
        }

        return [.. found];
    }

    /// <summary>The tables that the documents list, with how long what is in them is kept.</summary>
    public static IReadOnlyList<string> DocumentedTables(string module)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kumiko.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        var start = $"| {module} | `";
        return
        [
            .. File.ReadAllLines(Path.Combine(folder.FullName, "docs", "security.md"))
                .Where(line => line.StartsWith(start, StringComparison.Ordinal))
                .Select(line => line[start.Length..line.IndexOf('`', start.Length)])
                .Order(StringComparer.Ordinal),
        ];
    }
}
