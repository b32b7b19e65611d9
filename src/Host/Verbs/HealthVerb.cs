using System.CommandLine;

namespace Kumiko.Host.Verbs;

/// <summary>
/// <c>health</c>: asks the server that this very configuration starts whether it is ready. A container without a shell has nothing else to probe with. It runs
/// every few seconds, so it reads the settings and builds nothing.
/// </summary>
internal static class HealthVerb
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    public static Command Create(string[] settings)
    {
        var command = new Command(
            "health",
            "Ask the running server whether it is ready: ends with 0, or with 1 and the reason. For container health checks."
        );
        command.SetAction((_, cancellation) => RunAsync(settings, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken cancellation)
    {
        var address = new Uri(ListenAddresses.OfHealth(Application.CreateBuilder(settings).Configuration), "/health/ready");
        // A proxy that the environment names is for others.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var answer = await http.GetAsync(address, cancellation);
            if (answer.IsSuccessStatusCode)
                return 0;

            return await UnhealthyAsync(
                $"{address} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}"
            );
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
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
