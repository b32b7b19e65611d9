using System.Diagnostics;
using System.Net;
using Cookie = Kumiko.TestHosts.Client.Cookie;

namespace Kumiko.TestHosts.Neighbours;

/// <summary>A person with an account, in a browser that has signed in before.</summary>
internal sealed class Owner : IDisposable
{
    private readonly Caller _caller;
    private readonly Person _person;
    private Cookie? _device;

    private Owner(Caller caller, Person person) => (_caller, _person) = (caller, person);

    public static async Task<Owner> JoinAsync(Uri address, IPAddress home)
    {
        var caller = new Caller(address, home);
        var owner = new Owner(caller, await Person.JoinAsync(caller, "owner"));
        await owner.SignInAsync();
        return owner;
    }

    public Task<Listener> ListenAsync() => Listener.OpenAsync(_caller);

    /// <summary>Signs in, reads, writes and waits until the stream reports the post.</summary>
    public async Task LiveAsync(Listener listener, OwnerTimes times)
    {
        var signedIn = await TimeAsync(times.SignIn, SignInAsync);
        var signed = _caller.With(signedIn["access_token"].GetString());
        (await TimeAsync(times.Read, () => signed.GetAsync("/api/crud/posts?limit=20"))).Is(200);
        var since = Stopwatch.GetTimestamp();
        var written = (await TimeAsync(times.Write, () => signed.PostAsync("/api/crud/posts", new { content = "at home" }))).Is(201);
        await listener.ReadUntilAsync("post.created", written.Id);
        times.Listen.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }

    public void Dispose() => _caller.Dispose();

    private async Task<Answer> SignInAsync()
    {
        var answer = await _caller.PostAsync(
            "/api/auth/login",
            new { email = _person.Email, password = _person.Password },
            _device is null ? [] : [_device.Header]
        );
        _device = Cookie.Of(answer.Is(200), "device");
        return answer;
    }

    private static async Task<Answer> TimeAsync(List<double> times, Func<Task<Answer>> ask)
    {
        var since = Stopwatch.GetTimestamp();
        var answer = await ask();
        times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        return answer;
    }
}
