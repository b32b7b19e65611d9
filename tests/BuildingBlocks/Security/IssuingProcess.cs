using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Tests.Security;

/// <summary>Identity as another process sees it: with a key set, or without.</summary>
internal sealed class IssuingProcess : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;
    private int _keys;

    private IssuingProcess()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/keys", AnswerAsync);
        _app.MapGet("/moved", () => Results.Text(Set));
        Key = NextKey();
    }

    public enum Answer
    {
        Keys,
        Failure,
        Redirect,
        Never,
    }

    public string KeySet => _app.Urls.Single() + "/keys";

    /// <summary>The signing key, the only one that is published.</summary>
    public TestKey Key { get; private set; }

    public Answer Answers { get; set; } = Answer.Keys;

    /// <summary>The answer that replaces the key set.</summary>
    public string? Text { get; set; }

    /// <summary>The number of requests for the key set.</summary>
    public int Asked => _asked;

    public static async Task<IssuingProcess> StartAsync()
    {
        var process = new IssuingProcess();
        await process._app.StartAsync();
        return process;
    }

    public void PublishAnother() => Key = NextKey();

    public async ValueTask DisposeAsync()
    {
        Answers = Answer.Failure;
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private string Set => $$"""{"keys":[{{Key.Json}}]}""";

    private TestKey NextKey() => new($"key {++_keys}");

    private async Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _asked);
        if (Answers == Answer.Never)
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (Answers == Answer.Failure)
            http.Response.StatusCode = StatusCodes.Status502BadGateway;
        else if (Answers == Answer.Redirect)
            http.Response.Redirect("/moved");
        else
            await http.Response.WriteAsync(Text ?? Set);
    }
}
