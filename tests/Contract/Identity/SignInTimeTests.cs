using System.Diagnostics;

namespace Kumiko.Contract.Identity;

/// <summary>Run when the rest of the suite is done: what is measured would be the passwords of other tests.</summary>
[CollectionDefinition(nameof(SignInTimeTests), DisableParallelization = true)]
[Collection(nameof(SignInTimeTests))]
public class SignInTimeTests(RunningKumiko kumiko)
{
    // The difference that gives an account away is that of a hash made or not made: ten times. Twice is noise, of which the fastest of
    // several has least.
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_take_the_same_time()
    {
        var ken = await kumiko.NewPersonAsync("ken");
        var (wrong, unknown) = (new List<double>(), new List<double>());
        for (var n = 0; n < 11; n++)
        {
            wrong.Add(await TimeAsync(ken.Email));
            unknown.Add(await TimeAsync($"unknown-{n}-{ken.Email}"));
        }

        Assert.InRange(wrong.Min() / unknown.Min(), 1 / 3.0, 3.0);

        async Task<double> TimeAsync(string email)
        {
            var clock = Stopwatch.StartNew();
            (await kumiko.Anyone.PostAsync("/api/auth/login", new { email, password = "not the password" })).Is(401);
            return clock.Elapsed.TotalMilliseconds;
        }
    }
}
