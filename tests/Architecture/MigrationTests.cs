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

        var numbers = migrations.Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Version).ToList();
        Assert.Equal(
            Enumerable.Range(1, (int)numbers[^1]).Select(number => (long)number).Where(number => !Reserved(module).Contains(number)),
            numbers.Where(number => !Reserved(module).Contains(number))
        );
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.All(
            migrations,
            (type, i) =>
                Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"M{numbers[i]:0000}_"), type.Name, StringComparison.Ordinal)
        );
        Assert.Equal(migrations.Select(type => type.Name), Solution.Files(folder).Select(Path.GetFileNameWithoutExtension).Order());
    }

    // Passkeys, which are being built, have these numbers of Identity. They are there or not yet.
    private static IReadOnlyList<long> Reserved(string module) => module == "Kumiko.Identity" ? [23, 24] : [];
}
