using System.Net;
using System.Net.Sockets;

namespace Kumiko.Contract.Running;

/// <summary>A way to a server that can be cut and mended: what happens when the network or the server goes away.</summary>
public sealed class Wire : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> ends = [];
    private readonly Lock door = new();
    private readonly string host;
    private readonly int port;
    private bool isCut;

    public Wire(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    /// <summary>The port of this machine at which the wire begins.</summary>
    public int Port { get; }

    /// <summary>Breaks every connection and lets no new one through.</summary>
    public void Cut()
    {
        lock (door)
        {
            isCut = true;
            ends.ForEach(end => end.Dispose());
            ends.Clear();
        }
    }

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        lock (door)
            isCut = false;
    }

    public void Dispose()
    {
        Cut();
        listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = JoinAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        lock (door)
        {
            if (isCut)
            {
                near.Dispose();
                return;
            }

            ends.AddRange([near, far]);
        }

        try
        {
            await far.ConnectAsync(host, port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut while connecting.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
