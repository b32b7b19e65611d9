using System.Diagnostics;

namespace Kumiko.Contract.Identity;

/// <summary>Runs after the rest of the suite, whose password hashes would be measured otherwise.</summary>
[CollectionDefinition(nameof(SignInTimeTests), DisableParallelization = true)]
[Collection(nameof(SignInTimeTests))]
public class SignInTimeTests(RunningKumiko kumiko)
{
    // An account would be revealed by the difference between hashing and not hashing: a factor of ten. A factor of two is noise, and the
    // fastest of several attempts has the least noise.
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
