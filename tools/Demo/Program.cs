using System.CommandLine;
using Kumiko.Demo;
using Spectre.Console;

var folders = new Argument<DirectoryInfo[]>("folder")
{
    Description = "Folders whose text files are posted, subfolders included; .gz files are decompressed.",
    Arity = ArgumentArity.OneOrMore,
}.AcceptExistingOnly();
var url = new Option<Uri>("--url")
{
    Description = "Where the Host listens.",
    DefaultValueFactory = _ => new Uri("http://localhost:5080"),
    CustomParser = result =>
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https")
            return parsed;

        result.AddError("--url must be an address such as http://localhost:5080.");
        return null;
    },
};
var users = new Option<int>("--users") { Description = "How many users are registered and take turns.", DefaultValueFactory = _ => 50 };
var connections = new Option<int>("--connections") { Description = "How many connections work at once.", DefaultValueFactory = _ => 64 };
foreach (var count in new[] { users, connections })
{
    count.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
            result.AddError($"{count.Name} must be at least 1.");
    });
}

var command = new RootCommand(
    "Posts every paragraph of the text files in the folders through the API, reads every one back and compares byte for byte. "
        + "Ends with 1 if anything differs."
)
{
    folders,
    url,
    users,
    connections,
};
command.SetAction(
    (result, cancellationToken) =>
        DemoRun.RunAsync(
            new DemoOptions(
                result.GetRequiredValue(folders),
                result.GetRequiredValue(url),
                result.GetRequiredValue(users),
                result.GetRequiredValue(connections)
            ),
            AnsiConsole.Console,
            cancellationToken
        )
);

return await command.Parse(args).InvokeAsync();
