using System.CommandLine;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Security;
using Microsoft.AspNetCore.Connections;

namespace Kumiko.Host.Verbs;

/// <summary><c>serve</c>: brings the databases up to date and answers requests until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Create()
    {
        var command = new Command("serve", "Answer requests (what the program does when no verb is given). Migrates first, unless Database:MigrateOnStart is false.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    public static async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using var app = Application.Build();
        app.Services.GetRequiredService<SecretKey>();
        var databases = Migrators.Of(app.Services);
        await Task.WhenAll(databases.Select(database => Task.Run(
            () => app.Services.GetRequiredService<DatabaseSettings>().MigrateOnStart ? database.UpAsync(cancellation) : database.CheckAsync(cancellation),
            cancellation)));
        foreach (var module in app.Services.GetRequiredService<IReadOnlyList<IModule>>())
            await module.PrepareAsync(app.Services, cancellation);

        try
        {
            await app.RunAsync(cancellation);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new InvalidSettingException($"{e.Message.TrimEnd('.')}: stop what listens there, or set Urls to another address.", e);
        }

        return 0;
    }
}
