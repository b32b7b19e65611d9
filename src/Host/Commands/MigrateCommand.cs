using System.CommandLine;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>migrate</c>: changes the schema of the databases without serving.</summary>
internal static class MigrateCommand
{
    public static Command Create(string[] settings)
    {
        var down = new Option<int?>("--down") { Description = "Revert the newest N migrations of each module instead.", HelpName = "N" };
        down.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
                result.AddError("--down must be a whole number from 1 up.");
        });
        var command = new Command("migrate", "Migrate the databases of the configured modules to this version, or revert migrations.")
        {
            down,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(settings, arguments.GetValue(down), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, int? down, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        foreach (var database in Migrators.Of(app.Services))
        {
            await (down is { } steps ? database.DownAsync(steps, cancellationToken) : database.UpAsync(cancellationToken));
            Console.WriteLine(down is null ? $"{database.Module} is up to date." : $"{database.Module} is reverted.");
        }

        return 0;
    }
}
