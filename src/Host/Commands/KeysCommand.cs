using System.CommandLine;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>keys</c>: lists, replaces or withdraws the keys that sign access tokens.</summary>
internal static class KeysCommand
{
    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List the signing keys, oldest first (the default).");
        list.SetAction((_, cancellationToken) => ListAsync(settings, cancellationToken));

        var revoke = new Option<string?>("--revoke")
        {
            Description = "Withdraw the key with this id: its tokens are refused within seconds, and another key signs.",
            HelpName = "ID",
        };
        var rotate = new Command("rotate", "Publish a new signing key, which signs in an hour. Nobody is signed out.") { revoke };
        rotate.SetAction((arguments, cancellationToken) => RotateAsync(settings, arguments.GetValue(revoke), cancellationToken));

        var command = new Command("keys", "List, replace or withdraw the keys that sign access tokens.") { list, rotate };
        command.SetAction((_, cancellationToken) => ListAsync(settings, cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        foreach (var key in await RotationOf(app).ListAsync(cancellationToken))
            Console.WriteLine(key);
        return 0;
    }

    private static async Task<int> RotateAsync(string[] settings, string? revoke, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        var rotation = RotationOf(app);
        var verdict = revoke is null
            ? await rotation.RotateAsync(cancellationToken)
            : await rotation.RevokeAsync(revoke, cancellationToken);
        await (verdict.IsDone ? Console.Out : Console.Error).WriteLineAsync(verdict.Sentence);
        return verdict.IsDone ? 0 : 1;
    }

    private static IKeyRotation RotationOf(WebApplication app) => app.OfferedBy<IKeyRotation>("signs tokens");
}
