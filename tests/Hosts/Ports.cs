using System.Net.NetworkInformation;

namespace Kumiko.TestHosts;

/// <summary>Local ports for servers that tests start.</summary>
public static class Ports
{
    // Below the range that the system uses for outgoing connections, so that none of those takes a port first.
    private static int _last = Random.Shared.Next(20_000, 29_000);

    /// <summary>A port on which nothing listens, and which no other caller in this process received.</summary>
    public static int Free()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var port = Interlocked.Increment(ref _last);
        while (taken.Contains(port))
            port = Interlocked.Increment(ref _last);
        return port;
    }
}
