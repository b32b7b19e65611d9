using System.Diagnostics;

namespace Kumiko.Contract.Identity;

public class ForgotPasswordTests(RunningKumiko kumiko)
{
    private const string Path = "/api/auth/password/forgot";

    [Fact]
    public async Task The_answer_is_the_same_for_any_address_and_only_an_account_gets_a_mail()
    {
        var frida = await kumiko.NewPersonAsync("frida");
        var stranger = $"stranger-{frida.Email}";
        HostLog.Watch("e-mail address", stranger);
        var (known, unknown) = (
            (await kumiko.Anyone.PostAsync(Path, new { email = frida.Email })).Is(202),
            (await kumiko.Anyone.PostAsync(Path, new { email = stranger })).Is(202)
        );
        Assert.Equal(known.Text, unknown.Text);
        Assert.Equal(known.Header("Content-Type"), unknown.Header("Content-Type"));
        await Mailbox.ReceiveAsync(frida.Email, "/auth/reset");
        // Sent after the other one would have been.
        (await kumiko.Anyone.PostAsync(Path, new { email = frida.Email })).Is(202);
        await Mailbox.ReceiveAsync(frida.Email, "/auth/reset", count: 2);
        Assert.Empty(await Mailbox.FindAsync(stranger));
    }

    [Fact]
    public async Task An_address_is_found_however_it_is_written()
    {
        var frida = await kumiko.NewPersonAsync("frida");
        (await kumiko.Anyone.PostAsync(Path, new { email = frida.Email.ToUpperInvariant() })).Is(202);
        await Mailbox.ReceiveAsync(frida.Email, "/auth/reset");
    }

    // A factor of three is noise, and the fastest of several attempts has the least noise. The module has a test that both write the same.
    [Fact]
    public async Task A_known_and_an_unknown_address_take_the_same_time()
    {
        var frida = await kumiko.NewPersonAsync("frida");
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var n = 0; n < 15; n++)
        {
            known.Add(await TimeAsync(frida.Email));
            unknown.Add(await TimeAsync($"unknown-{n}-{frida.Email}"));
        }

        Assert.InRange(known.Min() / unknown.Min(), 1 / 3.0, 3.0);

        async Task<double> TimeAsync(string email)
        {
            var clock = Stopwatch.StartNew();
            (await kumiko.Anyone.PostAsync(Path, new { email })).Is(202);
            return clock.Elapsed.TotalMilliseconds;
        }
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("{\"email\":\"none\"}", 422)]
    [InlineData("{\"email\":[]}", 400)]
    public async Task An_invalid_address_is_refused(string body, int status) =>
        (await kumiko.Anyone.PostAsync(Path, Caller.Json(body))).IsProblem(status);
}
