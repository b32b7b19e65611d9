namespace Kumiko.Clients.Tests.Generated;

/// <summary>The .NET tools that the repository pins.</summary>
public static class LocalTools
{
    private static readonly SemaphoreSlim Door = new(1);
    private static bool _restored;

    /// <summary>Runs one of them to its end, which must be successful.</summary>
    public static async Task RunAsync(string tool, params string[] arguments)
    {
        await Door.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_restored)
                await Tool.DotNet.RunAsync(Repository.Root, "tool", "restore");
            _restored = true;
        }
        finally
        {
            Door.Release();
        }

        await Tool.DotNet.RunAsync(Repository.Root, [tool, .. arguments]);
    }
}
