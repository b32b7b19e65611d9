namespace Kumiko.Contract.Identity;

/// <summary>What is for admins is for nobody else.</summary>
public class AdminOnlyTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task Every_operation_for_admins_refuses_everybody_else()
    {
        var (member, moderator) = (await kumiko.AliceAsync(), await kumiko.ModeratorAsync());
        var operations = (await Operation.AllOfAsync(kumiko.Anyone))
            .Where(operation => operation.Path.Contains("/admin/", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(8, operations.Count);
        foreach (var operation in operations)
        {
            var path = operation.PathTo(member.Id);
            var body = operation.Members.Count == 0 ? null : new { role = "admin" };
            (await kumiko.Anyone.SendAsync(operation.Method, path, body)).IsProblem(401);
            (await kumiko.Anyone.With("made-up").SendAsync(operation.Method, path, body)).IsProblem(401);
            (await member.SendAsync(operation.Method, path, body)).IsProblem(403);
            (await moderator.SendAsync(operation.Method, path, body)).IsProblem(403);
            // Nothing of the request is read before that, not even whether it is valid.
            if (body is not null)
                (await member.SendAsync(operation.Method, path, new { role = 7 })).IsProblem(403);
        }

        Assert.Equal("member", (await member.GetAsync("/api/auth/me")).Is(200)["role"].GetString());
    }

    [Fact]
    public async Task An_admin_proves_who_they_are_before_changing_anything()
    {
        var admin = await kumiko.NewPersonOfRoleAsync("admin");
        var member = await kumiko.AliceAsync();
        await SoftwareKey.AddAsync(admin);
        var operations = (await Operation.AllOfAsync(kumiko.Anyone))
            .Where(operation => operation.Path.Contains("/admin/", StringComparison.Ordinal) && operation.Method != HttpMethod.Get)
            .ToList();

        // The account has a passkey by now, and the token is of before.
        Assert.Equal(4, operations.Count);
        foreach (var operation in operations)
        {
            var refused = await admin.SendAsync(
                operation.Method,
                operation.PathTo(member.Id),
                operation.Members.Count == 0 ? null : new { }
            );
            Assert.EndsWith("/recent-sign-in-required", refused.IsProblem(401)["type"].GetString(), StringComparison.Ordinal);
        }

        (await admin.GetAsync($"/api/auth/admin/users/{member.Id}")).Is(200);
    }

    [Fact]
    public async Task A_role_is_in_the_account_and_in_the_token()
    {
        var moderator = await kumiko.ModeratorAsync();
        Assert.Equal("moderator", (await moderator.GetAsync("/api/auth/me")).Is(200)["role"].GetString());
        Assert.Equal("admin", (await (await kumiko.AdminAsync()).GetAsync("/api/auth/me")).Is(200)["role"].GetString());
    }
}
