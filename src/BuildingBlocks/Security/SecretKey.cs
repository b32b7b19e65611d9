using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Configuration;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// The installation's only secret: 32 random bytes, the same for every Host on the same databases. It is never used directly: each purpose
/// derives its own key from it.
/// </summary>
/// <remarks>
/// While the secret is being changed, the setting lists several: the first one is used, and what was made with the others is accepted.
/// </remarks>
public sealed class SecretKey
{
    private const int Length = 32;
    private const string HowToMake = "32 random bytes in base64, such as 'openssl rand -base64 32' prints";
    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ','];
    private readonly byte[][] _keys;

    /// <summary>Uses these bytes as the key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="accepted">Other keys, whose results are accepted.</param>
    public SecretKey(byte[] key, params byte[][] accepted)
    {
        _keys = [key, .. accepted];
        if (Array.Find(_keys, one => one.Length != Length) is { } wrong)
            throw new ArgumentException($"The key has {wrong.Length} bytes, not {Length}.", nameof(key));
    }

    /// <summary>Whether other keys are accepted, too.</summary>
    public bool IsChanging => _keys.Length > 1;

    /// <summary>
    /// Reads <c>Security:Key</c>, or the file that <c>Security:KeyFile</c> names. On SQLite, with neither set, the key is
    /// <c>security.key</c> in the database's folder, created at the first start and readable only by its owner.
    /// </summary>
    /// <remarks>Several keys are separated by line breaks, spaces or commas.</remarks>
    /// <exception cref="InvalidSettingException">The key is missing or not 32 bytes of base64.</exception>
    public static SecretKey FromSettings(IConfiguration configuration, DatabaseSettings database)
    {
        if (FromSetting(configuration, "Security:Key") is { } key)
            return key;

        if (configuration["Security:KeyFile"] is { Length: > 0 } file)
            return Parse(Read(file, "Security:KeyFile"), "The file that Security:KeyFile names");

        if (database.Provider != DatabaseProvider.Sqlite)
            throw new InvalidSettingException(
                $"Security:Key is missing: set it (or Security:KeyFile) to {HowToMake}, the same for every instance."
            );

        var path = Path.Combine(database.Folder, "security.key");
        if (!File.Exists(path))
            Create(path);
        // Another process may be creating the file right now: give it time to write.
        SpinWait.SpinUntil(() => new FileInfo(path).Length > 0, TimeSpan.FromSeconds(2));
        return Parse(Read(path, "Database:Folder"), $"The file '{path}'");
    }

    /// <summary>Reads a key from a setting of its own; null if that is not set.</summary>
    /// <exception cref="InvalidSettingException">The value is not 32 bytes of base64.</exception>
    public static SecretKey? FromSetting(IConfiguration configuration, string setting) =>
        configuration[setting] is { Length: > 0 } key ? Parse(key, setting) : null;

    /// <summary>Derives a key for one purpose, by HKDF with SHA-256 (RFC 5869).</summary>
    /// <param name="purpose">The purpose, such as <c>web.cursors</c>.</param>
    /// <param name="length">The number of bytes.</param>
    public byte[] Derive(string purpose, int length) => Derive(_keys[0], purpose, length);

    /// <summary>Derives all accepted keys for one purpose. The first one is that of <see cref="Derive(string, int)"/>.</summary>
    /// <param name="purpose">The purpose, such as <c>web.cursors</c>.</param>
    /// <param name="length">The number of bytes.</param>
    public IReadOnlyList<byte[]> DeriveAccepted(string purpose, int length) => [.. _keys.Select(key => Derive(key, purpose, length))];

    /// <summary>The key itself, for what has to outlive it.</summary>
    public byte[] ToBytes() => [.. _keys[0]];

    private static byte[] Derive(byte[] key, string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, length, info: Encoding.UTF8.GetBytes(purpose));

    private static SecretKey Parse(string text, string source)
    {
        byte[][] keys = [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(key => ParseOne(key, source))];
        return keys is [var current, .. var accepted]
            ? new SecretKey(current, accepted)
            : throw new InvalidSettingException($"{source} does not hold {HowToMake}.");
    }

    private static byte[] ParseOne(string text, string source)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Length
            ? bytes[..Length]
            : throw new InvalidSettingException($"{source} does not hold {HowToMake}.");
    }

    private static string Read(string file, string setting)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"The key file '{file}' cannot be read ({e.Message.TrimEnd('.')}): check {setting}.", e);
        }
    }

    private static void Create(string path)
    {
        try
        {
            PrivateFolder.Ensure(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process created the file first; its key counts.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException(
                $"The key file '{path}' cannot be written ({e.Message.TrimEnd('.')}): set Database:Folder to a folder that this process "
                    + "may write.",
                e
            );
        }
    }
}
