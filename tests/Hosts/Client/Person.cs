using System.Globalization;

namespace Kumiko.TestHosts.Client;

/// <summary>A person with an account, signed in, with the refresh token in memory (not in a cookie).</summary>
public sealed class Person : Caller
{
    private Person(Caller anyone, string email, string username, string password)
        : base(anyone)
    {
        Email = email;
        Username = username;
        Password = password;
    }

    public string Email { get; }

    public string Username { get; private init; }

    public string Password { get; }

    public long Id { get; private set; }

    public string RefreshToken { get; private set; } = "";

    /// <summary>A name that is unique in this run.</summary>
    public static string UniqueName(string name) => $"{name}_{UniqueDigits()}";

    /// <summary>A suffix that makes a name unique in any script, since digits are allowed with all of them.</summary>
    public static string UniqueDigits() => Random.Shared.NextInt64(10_000_000_000).ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>Registers and signs in under a unique name and address.</summary>
    public static async Task<Person> JoinAsync(Caller anyone, string name, params (string Name, string Value)[] headers)
    {
        var username = UniqueName(name);
        var person = new Person(anyone, $"{username}@example.test", username, $"pass of {Guid.NewGuid():N}");
        HostLog.Watch("e-mail address", person.Email);
        HostLog.Watch("password", person.Password);
        var user = (
            await anyone.PostAsync(
                "/api/auth/register",
                new
                {
                    email = person.Email,
                    username,
                    password = person.Password,
                },
                headers
            )
        ).Is(201);
        person.Id = user.Id;
        await person.SignInAsync();
        return person;
    }

    /// <summary>Signs in once more and uses the new session's token from now on.</summary>
    public async Task SignInAsync() => UseTokens(await LoginAsync());

    /// <summary>Signs in once more, as on another device, and returns the answer.</summary>
    public async Task<Answer> LoginAsync() =>
        (
            await With(null)
                .PostAsync(
                    "/api/auth/login",
                    new
                    {
                        email = Email,
                        password = Password,
                        token_delivery = "body",
                    }
                )
        ).Is(200);

    /// <summary>Gets a new pair of tokens and uses it from now on.</summary>
    public async Task RefreshAsync() =>
        UseTokens((await With(null).PostAsync("/api/auth/refresh", new { refresh_token = RefreshToken })).Is(200));

    /// <summary>Proves the address with the mail that the registration sent.</summary>
    public async Task VerifyAsync() =>
        (await With(null).PostAsync("/api/auth/email/verify", new { token = await Mailbox.TokenAsync(Email, "/auth/verify") })).Is(204);

    /// <summary>The same person, signed in on another device.</summary>
    public async Task<Person> OnAnotherDeviceAsync()
    {
        var other = new Person(this, Email, Username, Password) { Id = Id };
        await other.SignInAsync();
        return other;
    }

    /// <summary>Uses the tokens of this answer from now on.</summary>
    public void UseTokens(Answer tokens)
    {
        AccessToken = tokens["access_token"].GetString();
        RefreshToken = tokens["refresh_token"].GetString()!;
        HostLog.Watch("access token", AccessToken);
        HostLog.Watch("refresh token", RefreshToken);
    }

    /// <summary>Turns the second factor on.</summary>
    public async Task<Authenticator> UseAuthenticatorAsync()
    {
        var secret = (await PostAsync("/api/auth/me/totp", null)).Is(200)["secret"].GetString()!;
        HostLog.Watch("secret of the app", secret);
        var app = Authenticator.Of(secret);
        var code = app.Next();
        var codes = (await PostAsync("/api/auth/me/totp/confirm", new { code })).Is(200)["recovery_codes"];
        app.RecoveryCodes = [.. codes.EnumerateArray().Select(one => one.GetString()!)];
        foreach (var one in app.RecoveryCodes)
            HostLog.Watch("recovery code", one);
        return app;
    }

    public async Task<Answer> WriteAsync(string content) => (await PostAsync("/api/crud/posts", new { content })).Is(201);
}
