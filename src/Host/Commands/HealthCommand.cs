using System.CommandLine;
using Kumiko.Host.Addresses;
using Kumiko.Host.Composition;

namespace Kumiko.Host.Commands;

/// <summary>
/// <c>health</c>: checks whether the server that the same settings start is ready. A container without a shell has nothing else to probe
/// with. The command runs every few seconds, so it only reads the settings and builds nothing.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static Command Create(string[] settings)
    {
        var command = new Command(
            "health",
            "Check whether the running server is ready. Exits with 0, or with 1 and the reason; for container health checks."
        );
        command.SetAction((_, cancellationToken) => RunAsync(settings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellationToken)
    {
        var address = new Uri(ListenAddresses.HealthProbe(Application.CreateBuilder(settings).Configuration), "/health/ready");
        // A proxy from the environment is not for requests to this machine.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            if (answer.IsSuccessStatusCode)
                return 0;

            return await UnhealthyAsync(
                $"{address} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}"
            );
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return await UnhealthyAsync(
                $"{address} does not answer ({(e is TaskCanceledException ? $"nothing within {Timeout.TotalSeconds} s" : e.Message)})"
            );
        }
    }

    private static async Task<int> UnhealthyAsync(string reason)
    {
        await Console.Error.WriteLineAsync(reason.ReplaceLineEndings(" "));
        return 1;
    }
}
