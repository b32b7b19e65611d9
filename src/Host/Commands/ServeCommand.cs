using System.CommandLine;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Addresses;
using Kumiko.Host.Composition;
using Microsoft.AspNetCore.Connections;

namespace Kumiko.Host.Commands;

/// <summary><c>serve</c>: brings the databases up to date and answers requests until it is told to stop.</summary>
internal static class ServeCommand
{
    private const int MinThreads = 8;

    public static Command Create(string[] settings)
    {
        var command = new Command(
            "serve",
            "Serve the API and the pages (the default). Migrates the databases first, unless Database:MigrateOnStart is false."
        );
        command.SetAction((_, cancellationToken) => RunAsync(settings, cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        KeepThreads();
        await using var app = Application.Build(settings);
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServeCommand));
        var addresses = app.Services.GetRequiredService<ListenAddresses>();
        if (!addresses.Claim())
            logger.LogWarning(
                "Operators:Urls is not set, and the port of its default is taken: /metrics and /health are not served. Set Operators:Urls "
                    + "to an address of this process alone"
            );
        if (
            app.Environment.IsProduction() && app.Services.GetRequiredService<TokenSettings>() is { IsIssuerSet: false, Issuer: var issuer }
        )
            logger.LogWarning(
                "Tokens:Issuer is not set, so tokens name {Issuer} as their issuer: set it to the public address of Identity, such as "
                    + "https://app.example.com/api/auth",
                issuer
            );
        foreach (var address in addresses.Public.Concat(addresses.Operators))
            app.Urls.Add(address.ToString());
        app.Services.GetRequiredService<SecretKey>();
        KeepPrivate(app.Services.GetRequiredService<DatabaseSettings>(), logger);
        // Its counters must exist from the start.
        app.Services.GetRequiredService<SecurityEvents>();
        var databases = Migrators.Of(app.Services);
        await Task.WhenAll(
            databases.Select(database =>
                Task.Run(
                    () =>
                        app.Services.GetRequiredService<DatabaseSettings>().MigrateOnStart
                            ? database.UpAsync(cancellationToken)
                            : database.CheckAsync(cancellationToken),
                    cancellationToken
                )
            )
        );
        foreach (var module in app.Services.GetRequiredService<IReadOnlyList<IModule>>())
            await module.PrepareAsync(app.Services, cancellationToken);

        try
        {
            await app.RunAsync(cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw ListenAddresses.Taken("Urls or Operators:Urls", e.Message.TrimEnd('.'), "it is in use");
        }

        return 0;
    }

    // SQLite blocks a thread while the disk writes. By default the pool has one thread per processor and adds another after half a second
    // without progress, so that on one processor every request waits for everybody's writes.
    private static void KeepThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, MinThreads), completions);
    }

    private static void KeepPrivate(DatabaseSettings database, ILogger logger)
    {
        try
        {
            if (database.Provider == DatabaseProvider.Sqlite && !PrivateFolder.Ensure(database.Folder))
                logger.LogWarning(
                    "Other users of this machine may read the databases in {Folder}, and their modes cannot be changed: let the folder and "
                        + "its files belong to the user who runs this",
                    database.Folder
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first component that needs the folder reports that it cannot be used.
        }
    }
}
