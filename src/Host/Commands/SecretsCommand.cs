using System.CommandLine;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary><c>secrets</c>: encrypts under a new secret what is stored.</summary>
internal static class SecretsCommand
{
    public static Command Create(string[] settings)
    {
        var rotate = new Command(
            "rotate",
            "Encrypt again, under the first key of Security:Key and of Tokens:EncryptionKey, everything that is stored encrypted, so that "
                + "the other keys can be removed. It can be repeated, and the server may run. Exits with 1 if no key opens something."
        );
        rotate.SetAction((_, cancellationToken) => RotateAsync(settings, cancellationToken));
        return new Command("secrets", "Change the secret that encrypts what is stored.") { rotate };
    }

    private static async Task<int> RotateAsync(string[] settings, CancellationToken cancellationToken)
    {
        await using var app = Application.Build(settings);
        var all = app.Services.GetServices<ISealedData>().ToList();
        if (all.Count == 0)
            throw new InvalidSettingException("None of the configured modules encrypts what it stores: Modules must include identity.");

        var unreadable = 0;
        foreach (var data in all)
        {
            var done = await data.RenewAsync(cancellationToken);
            unreadable += done.Unreadable;
            Console.WriteLine(
                $"{data.Name}: {done.Renewed} encrypted again, {done.Current} up to date"
                    + (done.Unreadable == 0 ? "" : $", {done.Unreadable} can't be opened")
            );
        }

        if (unreadable > 0)
        {
            await Console.Error.WriteLineAsync("Not everything can be opened: list the keys with which it was encrypted, and try again.");
            return 1;
        }

        Console.WriteLine("Everything that the configured modules store is encrypted under the first key.");
        return 0;
    }
}
