using System.Globalization;
using System.Reflection;
using FluentMigrator;
using Xunit;

namespace Kumiko.Architecture.Tests;

public sealed class MigrationTests
{
    public static TheoryData<string> Modules => [.. Solution.ModuleTypes.Select(type => type.Namespace!)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Migrations_are_numbered_without_gaps(string module)
    {
        var migrations = Solution
            .Modules.Single(found => found.GetType().Namespace == module)
            .Migrations.GetTypes()
            .Where(type => type.GetCustomAttribute<MigrationAttribute>() is not null)
            .OrderBy(type => type.GetCustomAttribute<MigrationAttribute>()!.Version)
            .ToList();
        var folder = Path.Combine("migrations", module["Kumiko.".Length..]);

        Assert.Equal(
            Enumerable.Range(1, migrations.Count).Select(number => (long)number),
            migrations.Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Version)
        );
        Assert.All(
            migrations,
            (type, i) =>
                Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"M{i + 1:0000}_"), type.Name, StringComparison.Ordinal)
        );
        Assert.Equal(migrations.Select(type => type.Name), Solution.Files(folder).Select(Path.GetFileNameWithoutExtension).Order());
    }
}
