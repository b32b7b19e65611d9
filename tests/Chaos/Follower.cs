using System.Collections.Concurrent;

namespace Kumiko.Chaos;

/// <summary>Follows the stream of posts and reconnects after every break, as an <c>EventSource</c> does.</summary>
public sealed class Follower(Caller anyone)
{
    private readonly ConcurrentDictionary<long, int> _created = new();
    private readonly TaskCompletionSource _began = new();

    /// <summary>How often the stream announced each post as created.</summary>
    public IReadOnlyDictionary<long, int> Created => _created;

    /// <summary>How often the stream broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Completes when the stream has started for the first time.</summary>
    public Task Began => _began.Task;

    public async Task FollowAsync(CancellationToken enough)
    {
        long? last = null;
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var listener = await Listener.OpenAsync(anyone, last);
                last = listener.LastId;
                _began.TrySetResult();
                while (!enough.IsCancellationRequested && await listener.ReadAsync() is { } happened)
                {
                    last = happened.Id;
                    Assert.NotEqual("stream.reset", happened.Name);
                    if (happened.Name == "post.created")
                        _created.AddOrUpdate(happened.Post, 1, (_, times) => times + 1);
                }
            }
            catch (Exception e)
                when (e
                        is HttpRequestException
                            or IOException
                            or OperationCanceledException
                            or Xunit.Sdk.EqualException
                            or Xunit.Sdk.StartsWithException
                )
            {
                // The connection broke, was refused, or was silent for too long: reconnect.
            }

            Breaks++;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
