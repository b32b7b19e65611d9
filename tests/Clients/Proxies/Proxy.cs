using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Kumiko.Clients.Tests.Proxies;

/// <summary>
/// A proxy in front of the Host, configured as its users configure it: it compresses JSON and forwards the client's address.
/// </summary>
public sealed class Proxy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _printed = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("kumiko-proxy-").FullName;
    private Process? _process;

    private Proxy(int port) => Address = new Uri($"http://127.0.0.1:{port}");

    /// <summary>The address for clients.</summary>
    public Uri Address { get; }

    /// <summary>Starts one on a free port, with its own folder, and waits until it listens.</summary>
    public static async Task<Proxy> StartAsync(string name, Uri upstream)
    {
        var proxy = new Proxy(Ports.Free());
        try
        {
            await proxy.RunAsync(name, upstream);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string name, Uri upstream)
    {
        var (tool, configuration, arguments) = name switch
        {
            "nginx" => (Tool.Nginx, Nginx(upstream), (string[])["-p", _folder, "-e", "stderr", "-c"]),
            "haproxy" => (Tool.HaProxy, HaProxy(upstream), ["-db", "-f"]),
            "apache2" => (Tool.Apache, Apache(upstream), ["-DFOREGROUND", "-f"]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a proxy that is known here."),
        };
        var file = Path.Combine(_folder, "proxy.conf");
        await File.WriteAllTextAsync(file, configuration);
        _process = tool.Start(_folder, _printed, [.. arguments, file]);

        var clock = Stopwatch.StartNew();
        while (!await ListensAsync())
        {
            if (_process.HasExited || clock.Elapsed > Patience)
                throw new InvalidOperationException($"{name} does not listen. It said:\n{_printed}");
            await Task.Delay(50);
        }
    }

    private string Nginx(Uri upstream) =>
        $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log stderr;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxied;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                gzip on;
                gzip_proxied any;
                gzip_types application/json;
                server {
                    listen {{Address.Authority}};
                    location / {
                        proxy_pass http://{{upstream.Authority}};
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_set_header X-Forwarded-Proto $scheme;
                    }
                }
            }
            """;

    private string HaProxy(Uri upstream) =>
        $"""
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            listen kumiko
                bind {Address.Authority}
                stats enable
                stats uri /haproxy
                option forwardfor
                option httpchk
                compression algo gzip
                server host {upstream.Authority} check inter 200ms rise 1 fall 1

            """;

    private string Apache(Uri upstream) =>
        $"""
            ServerName localhost
            ServerRoot {_folder}
            Listen {Address.Authority}
            PidFile {_folder}/apache.pid
            DefaultRuntimeDir {_folder}
            Mutex posixsem
            ErrorLog /dev/stderr
            LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
            LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
            LoadModule filter_module /usr/lib/apache2/modules/mod_filter.so
            LoadModule deflate_module /usr/lib/apache2/modules/mod_deflate.so
            LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
            LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
            User www-data
            Group www-data
            AddOutputFilterByType DEFLATE application/json
            ProxyPreserveHost On
            ProxyPass / http://{upstream.Authority}/
            ProxyPassReverse / http://{upstream.Authority}/

            """;

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Address.Host, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
