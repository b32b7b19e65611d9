using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kumiko.Infrastructure.Nats;

/// <summary>The address of the broker and the credentials for it (the <c>Nats</c> section).</summary>
internal sealed class BrokerSettings
{
    private static readonly string[] Schemes = ["nats", "tls", "ws", "wss"];

    public BrokerSettings(IConfiguration configuration)
    {
        Url = configuration["Nats:Url"] ?? "";
        User = configuration["Nats:User"] is { Length: > 0 } user ? user : null;
        Password = configuration["Nats:Password"] is { Length: > 0 } password ? password : null;
        foreach (var url in Url.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme))
                throw new InvalidSettingException(
                    $"Nats:Url names '{url}': set it to the address of the broker, such as 'nats://nats:4222'."
                );
            if (uri.UserInfo.Length > 0)
                throw new InvalidSettingException(
                    "Nats:Url holds a user or password, which would end up in logs: set Nats:User and Nats:Password instead."
                );
        }

        if (configuration["Nats:Monitoring"] is { Length: > 0 } monitoring)
        {
            Monitoring =
                Uri.TryCreate(monitoring, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                    ? uri
                    : throw new InvalidSettingException(
                        $"Nats:Monitoring is '{monitoring}': set it to the broker's monitoring address, such as 'http://nats:8222', or "
                            + "leave it out."
                    );
        }

        if (User is null != Password is null)
            throw new InvalidSettingException(
                "Only one of Nats:User and Nats:Password is set: set both, or neither if the broker asks for neither."
            );
    }

    /// <summary>One address, or several of one cluster, separated by commas.</summary>
    public string Url { get; }

    public string? User { get; }

    public string? Password { get; }

    /// <summary>The address at which the broker's server reports its figures; null if the setting is left out.</summary>
    public Uri? Monitoring { get; }
}
