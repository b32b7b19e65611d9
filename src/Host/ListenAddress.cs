using System.Globalization;
using Kumiko.BuildingBlocks.Modules;

namespace Kumiko.Host;

/// <summary>Where the server listens.</summary>
internal static class ListenAddress
{
    private const string Default = "http://localhost:5080";

    /// <summary>Listens on <see cref="Default"/> where no setting says where.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
            builder.WebHost.UseUrls(Default);
    }

    /// <summary>The address under which a process on the same machine reaches the server.</summary>
    /// <exception cref="InvalidSettingException">It listens on no fixed port by HTTP.</exception>
    public static Uri ToAsk(IConfiguration configuration)
    {
        var (setting, value) = configuration["urls"] is { Length: > 0 } urls ? ("Urls", urls)
            : configuration["http_ports"] is { Length: > 0 } ports ? ("ASPNETCORE_HTTP_PORTS", string.Join(';', Split(ports).Select(port => $"http://+:{port}")))
            : ("Urls", Default);
        foreach (var url in Split(value))
        {
            if (Parse(url) is { } address)
                return address;
        }

        throw new InvalidSettingException($"{setting} names no address that can be asked: let it hold one such as 'http://+:8080'.");
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Uri? Parse(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }

        if (address.Scheme != "http" || address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return null;

        // These stand for every address of the machine.
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{address.Port}"), UriKind.Absolute, out var uri) ? uri : null;
    }
}
