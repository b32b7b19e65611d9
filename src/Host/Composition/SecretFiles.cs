using Kumiko.BuildingBlocks.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;

namespace Kumiko.Host.Composition;

/// <summary>Reads settings from files, so that they appear neither in the environment nor in the list of processes.</summary>
internal static class SecretFiles
{
    private const string DefaultFolder = "/run/secrets";

    /// <summary>
    /// Takes every file in <c>Secrets:Folder</c> as a setting: the file's name is the key, with <c>__</c> for <c>:</c>, and its text is the
    /// value. Environment variables override these settings. A missing folder is ignored.
    /// </summary>
    /// <exception cref="InvalidSettingException">A file cannot be read.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration)
    {
        var folder = Path.GetFullPath(configuration["Secrets:Folder"] is { Length: > 0 } setting ? setting : DefaultFolder);
        if (!Directory.Exists(folder))
            return;

        var sources = configuration.Sources;
        var variables = sources.Last(source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        try
        {
            sources.Insert(
                sources.IndexOf(variables),
                new KeyPerFileConfigurationSource { FileProvider = new PhysicalFileProvider(folder), ReloadOnChange = false }
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException(
                $"A secret cannot be read ({e.Message.TrimEnd('.')}): let this process read the files in '{folder}', or set Secrets:Folder "
                    + "to another folder.",
                e
            );
        }
    }
}
