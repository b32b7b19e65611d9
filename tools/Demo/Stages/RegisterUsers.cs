using Kumiko.Demo.Api;
using Spectre.Console;

namespace Kumiko.Demo.Stages;

/// <summary>Registers the users and signs them in.</summary>
internal static class RegisterUsers
{
    public static async Task<Account[]> RunAsync(
        KumikoClient client,
        DemoOptions options,
        string run,
        IAnsiConsole console,
        CancellationToken cancellationToken
    )
    {
        var accounts = new Account[options.Users];
        await ProgressBar.RunAsync(
            console,
            "Register users",
            accounts.Length,
            done =>
                Parallel.ForAsync(
                    0,
                    accounts.Length,
                    new ParallelOptions { MaxDegreeOfParallelism = options.Connections, CancellationToken = cancellationToken },
                    async (i, stop) =>
                    {
                        accounts[i] = await Account.RegisterAsync(client, $"demo-{run}-{i + 1}", stop);
                        done();
                    }
                )
        );
        return accounts;
    }
}
