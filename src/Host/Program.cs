using System.CommandLine;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.Host.Commands;

try
{
    var (settings, others) = CommandLine.Split(args);
    var root = new RootCommand(
        """
        Kumiko: accounts and a message board, every module in one process or each in its own.

        Any setting can follow a command and its options, or stand alone: --Section:Name=value or --Section:Name value, such as
        --urls http://127.0.0.1:9999 --Database:Folder=/var/lib/kumiko. docs/operations.md lists the settings.
        """
    )
    {
        ServeCommand.Create(settings),
        MigrateCommand.Create(settings),
        EventsCommand.Create(settings),
        KeysCommand.Create(settings),
        SecretsCommand.Create(settings),
        UserCommand.Create(settings),
        AuditCommand.Create(settings),
        OpenApiCommand.Create(settings),
        HealthCommand.Create(settings),
    };
    root.SetAction((_, cancellationToken) => ServeCommand.RunAsync(settings, cancellationToken));

    var parsed = root.Parse(others);
    if (parsed.Errors.Count > 0)
        throw new InvalidSettingException($"{parsed.Errors[0].Message} '--help' lists the commands and their options.");

    // The host handles SIGTERM itself, and takes longer to end than the parser would allow.
    return await parsed.InvokeAsync(
        new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }
    );
}
catch (InvalidSettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
