using Snapshooter.Xunit3;

namespace Kumiko.Contract.Transcript;

public class TranscriptTests(RunningKumiko kumiko)
{
    // One file for all topologies: it shows what a client sees, however Kumiko runs.
    [Fact]
    public async Task Answers_are_the_same_in_every_topology()
    {
        var anyone = kumiko.Anyone;
        var transcript = new Transcript();
        var (name, other) = (Person.UniqueName("hanako"), Person.UniqueName("taro"));
        var (email, otherEmail) = ($"{name}@example.test", $"{other}@example.test");
        const string Password = "seven pine needles",
            NewPassword = "eight pine needles";
        var renamed = Person.UniqueName("花子");
        foreach (
            var (value, label) in ((string, string)[])
                [
                    (email, "hanako's address"),
                    (otherEmail, "taro's address"),
                    (name, "hanako"),
                    (other, "taro"),
                    (renamed, "hanako's new name"),
                ]
        )
            transcript.Name(value, label);

        // Without a configured address, the issuer doesn't depend on the port.
        var issuer = (await anyone.GetAsync("/api/auth/.well-known/openid-configuration")).Is(200)["issuer"].GetString()!;
        transcript.Name(new Uri(issuer).GetLeftPart(UriPartial.Authority), "address of the issuer");

        Task<Answer> Ask(Caller who, string method, string path, object? body = null, params (string, string)[] headers) =>
            transcript.AskAsync(who, method, path, body, headers);

        // Accounts and sign-in.
        await Ask(
            anyone,
            "POST",
            "/api/auth/register",
            new
            {
                email,
                username = name,
                password = Password,
            }
        );
        await Ask(
            anyone,
            "POST",
            "/api/auth/register",
            new
            {
                email,
                username = name,
                password = Password,
            }
        );
        await Ask(
            anyone,
            "POST",
            "/api/auth/register",
            new
            {
                email = "no address",
                username = "!",
                password = "short",
            }
        );
        await Ask(anyone, "POST", "/api/auth/register", Caller.Json("{"));
        await Ask(anyone, "POST", "/api/auth/register", Caller.Json("{\"email\":7}"));
        await Ask(anyone, "POST", "/api/auth/register", Caller.Json("email=x", "application/x-www-form-urlencoded"));
        var taro = (
            await Ask(
                anyone,
                "POST",
                "/api/auth/register",
                new
                {
                    email = otherEmail,
                    username = other,
                    password = Password,
                }
            )
        ).Id;
        await Ask(anyone, "POST", "/api/auth/login", new { email, password = "wrong pine needles" });
        await Ask(anyone, "POST", "/api/auth/login", new { email = $"nobody-{email}", password = Password });
        await Ask(anyone, "POST", "/api/auth/login", new { email });
        await Ask(anyone, "POST", "/api/auth/login", new { email, password = Password });
        var signedIn = await Ask(
            anyone,
            "POST",
            "/api/auth/login",
            new
            {
                email,
                password = Password,
                token_delivery = "body",
            }
        );
        var hanako = anyone.With(signedIn["access_token"].GetString());
        var second = anyone.With((
                await Ask(
                    anyone,
                    "POST",
                    "/api/auth/login",
                    new
                    {
                        email = otherEmail,
                        password = Password,
                        token_delivery = "body",
                    }
                )
            )["access_token"].GetString());
        await Ask(hanako, "GET", "/api/auth/me");
        await Ask(anyone, "GET", "/api/auth/me");
        await Ask(anyone.With("junk"), "GET", "/api/auth/me");
        await Ask(anyone, "GET", $"/api/auth/users/{taro}");
        await Ask(anyone, "GET", "/api/auth/users/0");
        await Ask(anyone, "GET", "/api/auth/.well-known/openid-configuration");
        await Ask(anyone, "GET", "/api/auth/.well-known/jwks.json");
        await Ask(anyone, "GET", "/api/auth/health");
        await Ask(anyone, "GET", "/api/auth/nothing");
        await Ask(anyone, "GET", "/api/auth/login");

        // Not recorded: until Posts has received the event about hanako, her posts have no name.
        var first = await hanako.PostAsync("/api/crud/posts", new { content = "ready?" });
        await Eventually.IsAsync(
            () => anyone.GetAsync($"/api/crud/posts/{first.Is(201).Id}"),
            answer => answer["username"].GetString() == name
        );
        (await hanako.DeleteAsync($"/api/crud/posts/{first.Id}")).Is(204);

        // Posts.
        var key = Guid.NewGuid().ToString();
        var post = await Ask(
            hanako,
            "POST",
            "/api/crud/posts",
            new { content = "  おはようございます 🌱\tthen\nnext  " },
            ("Idempotency-Key", key)
        );
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "  おはようございます 🌱\tthen\nnext  " }, ("Idempotency-Key", key));
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "another text" }, ("Idempotency-Key", key));
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "x" }, ("Idempotency-Key", "キー"));
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "second" });
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "   " });
        await Ask(hanako, "POST", "/api/crud/posts", new { content = "\u0007" });
        await Ask(hanako, "POST", "/api/crud/posts", Caller.Json("{\"content\":1}"));
        await Ask(hanako, "POST", "/api/crud/posts", Caller.Json("{\"content\":\"" + new string('x', 70_000) + "\"}"));
        await Ask(anyone, "POST", "/api/crud/posts", new { content = "x" });
        var user = post["user_id"].GetInt64();
        await Ask(anyone, "GET", $"/api/crud/posts/{post.Id}");
        await Ask(anyone, "GET", $"/api/crud/posts/{post.Id}", null, ("If-None-Match", post.ETag));
        await Ask(anyone, "GET", "/api/crud/posts/0");
        await Ask(anyone, "GET", "/api/crud/posts/abc");
        var page = await Ask(anyone, "GET", $"/api/crud/posts?user_id={user}&limit=1");
        await Ask(anyone, "GET", $"/api/crud/posts?user_id={user}&limit=1&cursor={Uri.EscapeDataString(page.NextCursor!)}");
        await Ask(anyone, "GET", $"/api/crud/posts?user_id={user}&q={Uri.EscapeDataString("ございます")}");
        await Ask(anyone, "GET", "/api/crud/posts?limit=0");
        await Ask(anyone, "GET", "/api/crud/posts?cursor=made-up");
        await Ask(second, "PUT", $"/api/crud/posts/{post.Id}", new { content = "not mine" });
        await Ask(hanako, "PUT", $"/api/crud/posts/{post.Id}", new { content = "changed" }, ("If-Match", "\"stale\""));
        await Ask(hanako, "PUT", $"/api/crud/posts/{post.Id}", new { content = "changed" }, ("If-Match", post.ETag));
        await Ask(second, "DELETE", $"/api/crud/posts/{post.Id}");
        await Ask(hanako, "DELETE", $"/api/crud/posts/{post.Id}");
        await Ask(hanako, "DELETE", $"/api/crud/posts/{post.Id}");
        await Ask(anyone, "PATCH", "/api/crud/posts");
        await Ask(anyone, "GET", "/api/crud/health");
        await Ask(anyone, "GET", "/api/crud/nothing");

        // Sessions, names and passwords.
        await Ask(hanako, "GET", "/api/auth/sessions");
        await Ask(hanako, "DELETE", "/api/auth/sessions/0");
        await Ask(hanako, "DELETE", "/api/auth/sessions");
        await Ask(hanako, "PATCH", "/api/auth/me", new { username = other });
        await Ask(hanako, "PATCH", "/api/auth/me", new { username = renamed });
        await Ask(anyone, "POST", "/api/auth/refresh", new { refresh_token = "made-up" });
        await Ask(anyone, "POST", "/api/auth/refresh", new { refresh_token = signedIn["refresh_token"].GetString() });
        await Ask(hanako, "POST", "/api/auth/me/password", new { current_password = "wrong pine needles", new_password = NewPassword });
        var changed = await Ask(
            hanako,
            "POST",
            "/api/auth/me/password",
            new
            {
                current_password = Password,
                new_password = NewPassword,
                token_delivery = "body",
            }
        );
        hanako = anyone.With(changed["access_token"].GetString());
        await Ask(hanako, "DELETE", "/api/auth/me", new { password = Password });
        await Ask(hanako, "DELETE", "/api/auth/me", new { password = NewPassword });
        await Ask(hanako, "GET", "/api/auth/me");
        await Ask(second, "POST", "/api/auth/logout");
        await Eventually.IsAsync(() => anyone.GetAsync($"/api/crud/posts?user_id={user}"), answer => answer.Is(200).Items.Count == 0);
        await Ask(anyone, "GET", $"/api/crud/posts?user_id={user}");

        Snapshot.Match(transcript.ToString(), "transcript.txt");
    }
}
