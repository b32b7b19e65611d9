using System.CommandLine;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Host.Verbs;

var root = new RootCommand("Kumiko: accounts and a message board, every module in one process or each in its own.")
{
    ServeVerb.Create(),
    MigrateVerb.Create(),
    EventsVerb.Create(),
    OpenApiVerb.Create(),
    HealthVerb.Create(),
};
root.SetAction((_, cancellation) => ServeVerb.RunAsync(cancellation));

try
{
    // The host ends on SIGTERM by itself, and takes longer over it than the parser would let it.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
catch (InvalidSettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
