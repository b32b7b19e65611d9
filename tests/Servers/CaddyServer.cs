using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Kumiko.TestServers;

/// <summary>Caddy in a container, in front of Hosts that run as processes of this machine.</summary>
public sealed class CaddyServer : ServerContainer
{
    private const string Image = "caddy:2.11";

    private CaddyServer(IContainer container, Uri address)
        : base(container) => Address = address;

    /// <summary>The address for clients.</summary>
    public Uri Address { get; }

    /// <summary>Starts Caddy and waits until it listens.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="posts">The addresses of the instances of Posts.</param>
    /// <param name="identity">The addresses of the instances of Identity.</param>
    /// <param name="operatorsPort">The port for the health checks of all instances.</param>
    public static async Task<CaddyServer> StartAsync(int port, IEnumerable<Uri> posts, IEnumerable<Uri> identity, int operatorsPort)
    {
        // The part of the Caddyfile that the tests here need: several instances, health checks, and retries when an instance can't be
        // dialled. tests/Contract.Containers runs the Caddyfile itself.
        var caddyfile = $$"""
            {
                admin off
                auto_https off
                persist_config off
            }
            (instances) {
                lb_policy round_robin
                lb_try_duration 5s
                lb_try_interval 100ms
                health_port {{operatorsPort}}
                health_uri /health/ready
                health_interval 500ms
                health_timeout 2s
                fail_duration 1s
            }
            http://:{{port}} {
                @identity path /api/auth /api/auth/* /openapi/identity.json
                reverse_proxy @identity {{Upstreams(identity)}} {
                    import instances
                }
                reverse_proxy {{Upstreams(posts)}} {
                    import instances
                }
            }
            """;
        var container = new ContainerBuilder(Image)
            .WithCreateParameterModifier(parameters => parameters.HostConfig!.NetworkMode = "host")
            .WithResourceMapping(Encoding.UTF8.GetBytes(caddyfile), "/etc/caddy/Caddyfile")
            .WithWaitStrategy(Wait.ForUnixContainer().UntilMessageIsLogged("serving initial configuration"))
            .Build();
        await container.StartAsync();
        return new CaddyServer(container, new Uri($"http://127.0.0.1:{port}"));
    }

    private static string Upstreams(IEnumerable<Uri> addresses) => string.Join(' ', addresses.Select(address => address.Authority));
}
