using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Kumiko.Contract.Containers;

/// <summary>
/// The containers of <c>compose.yaml</c> under a separate name, with their own secrets and ports, beside any that already run.
/// </summary>
public sealed class ComposeProject : IInstallation
{
    private static readonly string[] Secrets =
    [
        "mysql_root_password",
        "Passwords__Posts",
        "Passwords__PostsMigrations",
        "Passwords__Identity",
        "Passwords__IdentityMigrations",
        "nats_posts_password",
        "nats_identity_password",
        "Security__Key",
        "Tokens__EncryptionKey",
        "Mail__Password",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("kumiko-contract-").FullName;
    private readonly Dictionary<string, string> _environment;

    public ComposeProject()
    {
        _environment = new Dictionary<string, string>
        {
            ["COMPOSE_PROJECT_NAME"] = $"kumiko-contract-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}",
            ["KUMIKO_IMAGE"] = "kumiko:contract",
            ["KUMIKO_CRUD_IMAGE"] = "kumiko-crud:contract",
            ["KUMIKO_AUTH_IMAGE"] = "kumiko-auth:contract",
            ["RATE_LIMITS"] = "false",
            ["SITE_ADDRESS"] = "https://app.local",
            ["EDGE_NETWORK"] = FreeNetwork(),
            ["HTTP_PORT"] = HttpPort.ToString(CultureInfo.InvariantCulture),
            ["HTTPS_PORT"] = HttpsPort.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A network that hardly any other project on this machine uses.</summary>
    public static string FreeNetwork() => $"10.{RandomNumberGenerator.GetInt32(100, 250)}.{RandomNumberGenerator.GetInt32(256)}.0/24";

    /// <summary>The project that the suite uses, for tests of the containers themselves.</summary>
    public static ComposeProject Running { get; private set; } = null!;

    /// <summary>Caddy's HTTP port on this machine.</summary>
    public int HttpPort { get; } = Ports.Free();

    /// <summary>Caddy's HTTPS port on this machine.</summary>
    public int HttpsPort { get; } = Ports.Free();

    /// <summary>Runs all modules in one container, as <c>just up-single</c> does.</summary>
    public async Task JoinAsync()
    {
        await ComposeAsync(Single, "up", "--detach", "--no-build", "--wait");
        await NothingWasRestartedAsync();
        await BrokerRefusedNothingAsync();
        foreach (var service in (string[])["identity", "posts", "nats"])
            await ComposeAsync(Everything, "rm", "--stop", "--force", service);
    }

    /// <summary>Runs each module in its own container again, as <c>just up</c> does.</summary>
    public async Task CutAsync()
    {
        await ComposeAsync("up", "--detach", "--no-build", "--wait");
        await NothingWasRestartedAsync();
        await BrokerRefusedNothingAsync();
        await ComposeAsync(Everything, "rm", "--stop", "--force", "kumiko");
    }

    /// <summary>The running services, sorted by name.</summary>
    public async Task<IReadOnlyList<string>> ServicesAsync() =>
        [
            .. (await ComposeAsync(Everything, "ps", "--services", "--status", "running"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Runs the verb <c>events</c> of Posts, as <c>just events</c> does. Throws with the output if it fails.</summary>
    public Task<string> EventsAsync(params string[] arguments) =>
        ComposeAsync(["exec", "-T", "posts", "dotnet", "Kumiko.Host.dll", "events", .. arguments]);

    /// <summary>Runs a command of the program in the container of Identity, as <c>just kumiko</c> does.</summary>
    public Task<string> RunAsync(string command) =>
        ComposeAsync(["exec", "-T", "identity", "dotnet", "Kumiko.Host.dll", .. command.Split(' ')]);

    /// <summary>The log of the running instances of Posts.</summary>
    public Task<string> LogOfPostsAsync() => ComposeAsync("logs", "--no-log-prefix", "posts");

    /// <summary>The memory of the process in a service's container, in bytes.</summary>
    public async Task<long> MemoryOfAsync(string service)
    {
        var status = await ComposeAsync("exec", "-T", service, "cat", "/proc/1/status");
        return long.Parse(
                Regex.Match(status, "^VmRSS:\\s+([0-9]+) kB$", RegexOptions.Multiline).Groups[1].Value,
                CultureInfo.InvariantCulture
            ) * 1024;
    }

    /// <summary>
    /// Asserts that no container of the project ended by itself. Docker restarts such a container, so nobody would notice.
    /// </summary>
    public async Task NothingWasRestartedAsync()
    {
        var containers = await InspectAsync("{{.Name}}: {{.RestartCount}} restarts, out of memory {{.State.OOMKilled}}", "--all");
        Assert.All(containers, container => Assert.EndsWith(": 0 restarts, out of memory false", container, StringComparison.Ordinal));
    }

    /// <summary>Inspects each running container of the project and returns one line for each.</summary>
    public async Task<IReadOnlyList<string>> InspectAsync(string format, params string[] which)
    {
        var containers = Lines(await ComposeAsync(Everything, ["ps", "--quiet", .. which]));
        return containers.Length == 0 ? [] : Lines(await DockerEngine.RunAsync(["inspect", "--format", format, .. containers]));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Asserts that the broker refused nothing: what a module needs but may not do fails silently, and only waits longer.
    /// </summary>
    public async Task BrokerRefusedNothingAsync() =>
        Assert.DoesNotContain("Violation", await ComposeAsync(Everything, "logs", "--no-log-prefix", "nats"), StringComparison.Ordinal);

    /// <summary>What the modules report about themselves to operators, as Caddy sees it.</summary>
    public Task<string> HealthOfAsync(string service) =>
        ComposeAsync("exec", "-T", "caddy", "wget", "-q", "-O", "-", $"http://{service}:9080/health/ready");

    /// <summary>Caddy's log, including its access log.</summary>
    public Task<string> LogOfCaddyAsync() => ComposeAsync("logs", "--no-log-prefix", "caddy");

    /// <summary>Runs SQL as an operator does (<c>just shell-db</c>) and returns one line per row.</summary>
    public Task<string> SqlAsync(string sql) =>
        ComposeAsync(
            "exec",
            "-T",
            "mysql",
            "sh",
            "-c",
            "MYSQL_PWD=$(cat /run/secrets/mysql_root_password) exec mysql --user=root --batch --skip-column-names --execute \"$1\"",
            "mysql",
            sql
        );

    // Builds the images, starts everything and waits until all of it is healthy.
    async Task<IRunningHost> IInstallation.StartAsync(params (string Name, string Value)[] more)
    {
        Assert.Empty(more);
        Running = this;
        await WriteSecretsAsync();
        await ComposeAsync("build", "--quiet", "migrate", "crud-frontend", "auth-frontend");
        await ComposeAsync("up", "--detach", "--no-build", "--wait", "--quiet-pull");
        var certificate = Path.Combine(_folder, "root.crt");
        await ComposeAsync("cp", "caddy:/data/caddy/pki/authorities/local/root.crt", certificate);
        Way.Root = X509CertificateLoader.LoadCertificateFromFile(certificate);
        Way.Instead = new IPEndPoint(IPAddress.Loopback, HttpsPort);
        return new ComposeHost(
            new Uri("https://app.local"),
            DockerEngine.Follow([.. Compose, "logs", "--follow", "--no-log-prefix", "posts", "identity"], _environment)
        );
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await NothingWasRestartedAsync();
            await BrokerRefusedNothingAsync();
        }
        finally
        {
            await ComposeAsync(Everything, "down", "--volumes", "--timeout", "20");
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>
    /// The arguments of Compose for <c>compose.yaml</c> with a file that overrides it. Ignores the settings in the current folder (.env),
    /// which belong to the person who runs Kumiko there.
    /// </summary>
    public static string[] Over(string file) =>
        [
            "compose",
            "--project-directory",
            Repository.Root,
            "--env-file",
            "/dev/null",
            "--file",
            Repository.File("compose.yaml"),
            "--file",
            file,
        ];

    private string[] Compose => Over(Path.Combine(_folder, "secrets.yaml"));

    private string[] Single =>
        [.. Compose, "--file", Repository.File("compose.single.yaml"), "--file", Path.Combine(_folder, "single.yaml")];

    private string[] Everything => [.. Single, "--profile", "*"];

    private Task<string> ComposeAsync(params string[] arguments) => ComposeAsync(Compose, arguments);

    private Task<string> ComposeAsync(string[] files, params string[] arguments) =>
        DockerEngine.RunAsync([.. files, .. arguments], _environment);

    private async Task WriteSecretsAsync()
    {
        var lines = new List<string> { "secrets:" };
        foreach (var name in Secrets)
        {
            var secret = RandomNumberGenerator.GetBytes(32);
            var text = name.EndsWith("Key", StringComparison.Ordinal) ? Convert.ToBase64String(secret) : Convert.ToHexStringLower(secret);
            HostLog.Watch(name, text);
            await WriteAsync(name, text);
            lines.Add($"  {name}: {{ file: {Path.Combine(_folder, name)} }}");
        }

        // As `just setup` does: an authority that is discarded at once, and the certificate by which the modules recognize MySQL.
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=MySQL's authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mysql", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("mysql");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, until, [1]);
        await WriteAsync("mysql_ca.pem", authority.ExportCertificatePem());
        await WriteAsync("mysql_cert.pem", certificate.ExportCertificatePem());
        await WriteAsync("mysql_key.pem", key.ExportPkcs8PrivateKeyPem());
        lines.AddRange([
            $"  mysql_key: {{ file: {Path.Combine(_folder, "mysql_key.pem")} }}",
            "configs:",
            $"  mysql_ca: {{ file: {Path.Combine(_folder, "mysql_ca.pem")} }}",
            $"  mysql_cert: {{ file: {Path.Combine(_folder, "mysql_cert.pem")} }}",
        ]);
        lines.AddRange(["services:", .. MailsOf("identity")]);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "secrets.yaml"), lines);
        await File.WriteAllLinesAsync(Path.Combine(_folder, "single.yaml"), ["services:", .. MailsOf("kumiko")]);
    }

    // Instead of a mail server, which containers on internal networks could not reach.
    private static string[] MailsOf(string service) =>
        [$"  {service}:", "    environment: { Mail__Folder: /mail, Mail__Host: \"\" }", $"    volumes: [\"{Mailbox.Folder}:/mail\"]"];

    private async Task WriteAsync(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(file, text);
        // Readable by the users inside the containers, whatever their ids. The folder keeps other users out.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
