namespace Kumiko.Contract.Installations;

/// <summary><c>Identity:RevealTakenEmails</c>: whether strangers can find out which addresses have an account.</summary>
public class HiddenAddressTests
{
    private static readonly (string, string)[] Settings =
    [
        ("Identity__RevealTakenEmails", "false"),
        ("Identity__RequireVerifiedEmail", "to_sign_in"),
    ];

    [Fact]
    public async Task A_registration_is_answered_the_same_way_for_a_taken_address_and_its_owner_gets_a_mail()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(Settings);
        using var anyone = new Caller(host.Address);
        var (free, taken) = (NewEmail(), NewEmail());
        var password = await JoinAsync(anyone, taken);
        var (freeName, takenName, tried) = (Person.UniqueName("free"), Person.UniqueName("taken"), $"tried {Guid.NewGuid():N}");
        var (freeKey, takenKey) = (Key(), Key());

        var onFree = await RegisterAsync(anyone, free, freeName, tried, freeKey);
        var onTaken = await RegisterAsync(anyone, taken, takenName, tried, takenKey);
        IsSame(onFree.Is(202), onTaken.Is(202));
        Assert.Empty(onFree.Bytes);
        // A repetition, the same key with other values, and a repetition without a key reveal nothing either.
        IsSame(
            (await RegisterAsync(anyone, free, freeName, tried, freeKey)).Is(202),
            (await RegisterAsync(anyone, taken, takenName, tried, takenKey)).Is(202)
        );
        IsSame(
            (await RegisterAsync(anyone, free, freeName, $"{tried} again", freeKey)).IsProblem(422),
            (await RegisterAsync(anyone, taken, takenName, $"{tried} again", takenKey)).IsProblem(422)
        );
        IsSame(
            (await RegisterAsync(anyone, free, freeName, tried)).IsProblemWith(409, "username"),
            (await RegisterAsync(anyone, taken, takenName, tried)).IsProblemWith(409, "username")
        );
        // Both names are gone, whoever asks for them.
        IsSame(
            (await RegisterAsync(anyone, NewEmail(), freeName, tried)).IsProblemWith(409, "username"),
            (await RegisterAsync(anyone, NewEmail(), takenName, tried)).IsProblemWith(409, "username")
        );
        // Neither password signs anybody in, with the same answer.
        IsSame((await SignInAsync(anyone, free, tried)).IsProblem(401), (await SignInAsync(anyone, taken, tried)).IsProblem(401));
        IsSame(
            (await SignInAsync(anyone, free, "not the password")).IsProblem(401),
            (await SignInAsync(anyone, free, tried)).IsProblem(401)
        );

        // Only the mails reveal it.
        var mail = (await Mailbox.ReceiveAsync(taken, "/auth/reset"))[0];
        Assert.Contains("already have an account", mail.Subject, StringComparison.Ordinal);
        Assert.Single(await Mailbox.FindAsync(taken, "/auth/verify"));
        var token = await Mailbox.TokenAsync(free, "/auth/verify");
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        (await SignInAsync(anyone, free, tried)).Is(200);
        (await SignInAsync(anyone, taken, password)).Is(200);
        var reset = await Mailbox.TokenAsync(taken, "/auth/reset");
        (await anyone.PostAsync("/api/auth/password/reset", new { token = reset, new_password = $"new {password}" })).Is(204);
        (await SignInAsync(anyone, taken, $"new {password}")).Is(200);
    }

    [Fact]
    public async Task What_everybody_sees_afterwards_is_the_same_for_a_taken_address()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(Settings);
        using var anyone = new Caller(host.Address);
        var taken = NewEmail();
        await JoinAsync(anyone, taken);
        // Numbers are given out in order, and anybody can read the profiles of the accounts between two of their own.
        var probes = new List<(string Email, string Name)>();
        foreach (var email in (string[])[NewEmail(), taken, NewEmail(), taken])
            probes.Add((email, Person.UniqueName("probe")));
        foreach (var (email, name) in probes)
            (await RegisterAsync(anyone, email, name, $"pass of {Guid.NewGuid():N}")).Is(202);

        var profiles = new List<string>();
        for (var id = 2; id <= 1 + probes.Count; id++)
            profiles.Add((await anyone.GetAsync($"/api/auth/users/{id}")).Is(200)["username"].GetString()!);
        Assert.Equal(probes.Select(probe => probe.Name), profiles);
    }

    [Fact]
    public async Task Simultaneous_registrations_of_one_address_reveal_nothing()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(Settings);
        using var anyone = new Caller(host.Address);
        var email = NewEmail();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => RegisterAsync(anyone, email, Person.UniqueName("rush"), $"pass of {Guid.NewGuid():N}"))
        );
        Assert.All(answers, answer => IsSame(answers[0].Is(202), answer));
    }

    // A new operation that takes an address has to be looked at: does its answer reveal whether an account has it?
    [Fact]
    public async Task Every_public_operation_that_takes_an_address_answers_the_same_for_a_known_and_an_unknown_one()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync(Settings);
        using var anyone = new Caller(host.Address);
        var known = NewEmail();
        await JoinAsync(anyone, known);
        var operations = (await Operation.AllOfAsync(anyone))
            .Where(operation => !operation.NeedsToken && operation.Members.Contains("email"))
            .OrderBy(operation => operation.Path, StringComparer.Ordinal)
            .ToList();

        Assert.Equal(
            ["/api/auth/login", "/api/auth/password/forgot", "/api/auth/register"],
            operations.Select(operation => operation.Path)
        );
        foreach (var operation in operations)
            IsSame(await SendAsync(operation, known), await SendAsync(operation, NewEmail()));

        Task<Answer> SendAsync(Operation operation, string email) =>
            anyone.SendAsync(
                operation.Method,
                operation.PathTo(1),
                new
                {
                    email,
                    username = Person.UniqueName("asker"),
                    password = "seven pine needles",
                }
            );
    }

    private static string NewEmail() => $"{Person.UniqueName("somebody")}@example.test";

    private static (string, string) Key() => ("Idempotency-Key", $"{Guid.NewGuid():N}");

    private static async Task<string> JoinAsync(Caller anyone, string email)
    {
        var password = $"pass of {Guid.NewGuid():N}";
        (await RegisterAsync(anyone, email, Person.UniqueName("owner"), password)).Is(202);
        var token = await Mailbox.TokenAsync(email, "/auth/verify");
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        return password;
    }

    private static Task<Answer> RegisterAsync(
        Caller caller,
        string email,
        string username,
        string password,
        params (string, string)[] headers
    ) =>
        caller.PostAsync(
            "/api/auth/register",
            new
            {
                email,
                username,
                password,
            },
            headers
        );

    private static Task<Answer> SignInAsync(Caller caller, string email, string password) =>
        caller.PostAsync("/api/auth/login", new { email, password });

    private static void IsSame(Answer one, Answer other)
    {
        Assert.Equal(one.Status, other.Status);
        Assert.Equal(Shape(one), Shape(other));
        Assert.Equal(one.Text.Length == 0, other.Text.Length == 0);
        if (one.Text.Length == 0)
            return;
        Assert.Equal(Members(one), Members(other));

        // Whatever names the request itself.
        static IEnumerable<string> Members(Answer answer) =>
            answer.Json.EnumerateObject().Where(member => member.Name != "trace_id").Select(member => $"{member.Name}: {member.Value}");
        static IEnumerable<string> Shape(Answer answer) =>
            answer.Headers.Keys.Where(name => name is not ("Date" or "X-Trace-Id")).Order(StringComparer.OrdinalIgnoreCase);
    }
}
