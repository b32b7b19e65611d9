using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Host.Addresses;

/// <summary>The addresses that the server listens on: for everybody (<c>Urls</c>), and for operators (<c>Operators:Urls</c>).</summary>
internal sealed class ListenAddresses
{
    private const string OperatorsSetting = "Operators:Urls";
    private const string DefaultPublic = "http://localhost:5080";
    private const string DefaultOperators = "http://localhost:5081";

    private readonly string _publicSetting;
    private readonly BindingAddress[] _publicAddresses;
    private readonly bool _isOperatorsSet;
    private BindingAddress[] _operatorsAddresses;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingException">An address is invalid, or the operators' port is also a public one.</exception>
    public ListenAddresses(IConfiguration configuration)
    {
        string urls;
        (_publicSetting, urls) = ReadPublic(configuration);
        _publicAddresses = [.. Split(urls).Select(url => Parse(_publicSetting, url))];
        _isOperatorsSet = configuration[OperatorsSetting] is { Length: > 0 };
        _operatorsAddresses = ReadOperators(configuration);
        var ports = _publicAddresses.Select(address => address.Port).ToHashSet();
        if (!_operatorsAddresses.Any(address => ports.Contains(address.Port)))
            return;
        if (_isOperatorsSet)
            throw new InvalidSettingException(
                $"{OperatorsSetting} names a port on which everybody is served: set it to one of its own, such as '{DefaultOperators}'."
            );
        _operatorsAddresses = [];
    }

    /// <summary>The addresses on which everybody is served.</summary>
    public IReadOnlyList<BindingAddress> Public => _publicAddresses;

    /// <summary>The addresses on which only metrics and health are served; empty if the default is not available.</summary>
    public IReadOnlyList<BindingAddress> Operators => _operatorsAddresses;

    /// <summary>
    /// The address at which a process on the same machine asks for the health of the server that this configuration starts.
    /// </summary>
    /// <exception cref="InvalidSettingException">The setting contains no such address.</exception>
    public static Uri HealthProbe(IConfiguration configuration) => ProbeUri(ReadOperators(configuration)[0])!;

    /// <summary>The first address at which a client on this machine reaches the server; null if its port is chosen at the start.</summary>
    public Uri? ForClients() => _publicAddresses.Select(ProbeUri).FirstOrDefault(address => address is not null);

    /// <summary>
    /// Checks that all addresses are free; otherwise the server would report a taken address by a stack trace. If the operators'
    /// addresses are the default ones and taken, they are given up, so that a second process can start. Returns whether there are
    /// any operators' addresses.
    /// </summary>
    /// <exception cref="InvalidSettingException">An address is taken, or this user may not listen on it.</exception>
    public bool Claim()
    {
        foreach (var address in _publicAddresses)
        {
            if (FindObstacle(address) is { } obstacle)
                throw Taken(_publicSetting, address.ToString(), obstacle);
        }

        foreach (var address in _operatorsAddresses)
        {
            if (FindObstacle(address) is not { } obstacle)
                continue;
            if (_isOperatorsSet)
                throw Taken(OperatorsSetting, address.ToString(), obstacle);
            _operatorsAddresses = [];
        }

        return _operatorsAddresses.Length > 0;
    }

    /// <summary>The exception that ends the process if an address is not available.</summary>
    public static InvalidSettingException Taken(string setting, string address, string obstacle) =>
        new($"{address} cannot be listened on ({obstacle}): stop what listens there, or set {setting} to another address.");

    private static (string Setting, string Urls) ReadPublic(IConfiguration configuration)
    {
        if (configuration["urls"] is { Length: > 0 } urls)
            return ("Urls", urls);
        var ports = Split(configuration["http_ports"])
            .Select(port => $"http://+:{port}")
            .Concat(Split(configuration["https_ports"]).Select(port => $"https://+:{port}"))
            .ToList();
        return ports.Count > 0 ? ("ASPNETCORE_HTTP_PORTS", string.Join(';', ports)) : ("Urls", DefaultPublic);
    }

    private static BindingAddress[] ReadOperators(IConfiguration configuration)
    {
        var setting = configuration[OperatorsSetting] is { Length: > 0 } urls ? urls : DefaultOperators;
        var addresses = Split(setting).Select(url => Parse(OperatorsSetting, url)).ToArray();
        // Requests to the operators' addresses are recognised by their port, so it must be known.
        return addresses.Length > 0 && addresses.All(address => ProbeUri(address) is not null)
            ? addresses
            : throw new InvalidSettingException(
                $"{OperatorsSetting} is '{setting}': set it to an address with a port by plain HTTP, such as '{DefaultOperators}' or "
                    + "'http://+:9080'."
            );
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static BindingAddress Parse(string setting, string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new InvalidSettingException($"{setting} holds '{url}', which is not an address: write one such as '{DefaultPublic}'.");
        }
    }

    private static Uri? ProbeUri(BindingAddress address)
    {
        if (address.Scheme != "http" || address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return null;

        // These stand for every address of the machine.
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return Uri.TryCreate(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{address.Port}"), UriKind.Absolute, out var uri)
            ? uri
            : null;
    }

    private static string? FindObstacle(BindingAddress address)
    {
        if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            return null;

        foreach (var point in EndPoints(address))
        {
            using var socket = new Socket(point.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(point);
            }
            // Leave it to the server to judge an address family that the machine lacks, or an address that the machine doesn't have.
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                return e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "it is in use" : "this user may not";
            }
        }

        return null;
    }

    // As in the server, a name that is not an address stands for every address of the machine.
    private static IEnumerable<IPEndPoint> EndPoints(BindingAddress address)
    {
        if (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return Existing([IPAddress.Loopback, IPAddress.IPv6Loopback]);
        return IPAddress.TryParse(address.Host, out var named)
            ? Existing([named])
            : Existing([Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any]);

        IEnumerable<IPEndPoint> Existing(IPAddress[] hosts) =>
            hosts
                .Where(host => host.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6)
                .Select(host => new IPEndPoint(host, address.Port));
    }
}
