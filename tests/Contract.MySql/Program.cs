using Kumiko.Contract;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Without a server one test says so, instead of each of them.
await MySqlServer.LookAsync();
if (MySqlServer.Missing is not null)
{
    Console.Error.WriteLine(MySqlServer.Missing);
    args = [.. WithoutFilters(args), "--filter-class", typeof(MySqlIsReachableTests).FullName!];
}

try
{
    return args.Any(argument => argument is "-automated" or "@@")
        ? await ConsoleRunner.Run(args)
        : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
finally
{
    await MySqlServer.StopAsync();
}

static IEnumerable<string> WithoutFilters(string[] arguments)
{
    var isFilter = false;
    foreach (var argument in arguments)
    {
        if (argument.StartsWith('-'))
            isFilter = argument.StartsWith("--filter-", StringComparison.Ordinal);
        if (!isFilter)
            yield return argument;
    }
}
